import { growthBar } from "./memory-bars.ts";
import { growthBy, PROCESSES } from "./memory-growth.ts";
import { growthOfWriting } from "./memory-writing.ts";
import { type Bar, type Options, progress, unchecked } from "./part.ts";
import type { RealWorkers, Vars } from "./real-worker.ts";
import { textOf } from "./runners.ts";
import type { SourceName } from "./sources.ts";
import { median } from "./statistics.ts";
import type { Writing } from "./writing.ts";

/** A picture that is made as large as its source. */
interface FullSize {
  readonly source: SourceName;
  readonly fmt: "jpeg" | "png";
  /** Answered, or saved: with little effort, or with that of the settings as shipped. */
  readonly way: "req=img" | "saved" | "saved, SaveEffort=fast";
  /** Fresh processes, of which the median counts. */
  readonly processes: number;
}

export const FULL_SIZES: readonly FullSize[] = [
  { source: "100 MP", fmt: "jpeg", way: "req=img", processes: PROCESSES },
  { source: "100 MP", fmt: "jpeg", way: "saved", processes: PROCESSES },
  { source: "100 MP", fmt: "jpeg", way: "saved, SaveEffort=fast", processes: PROCESSES },
  // A PNG of so many pixels takes long.
  { source: "100 MP", fmt: "png", way: "req=img", processes: 1 },
  { source: "100 MP", fmt: "png", way: "saved", processes: 1 },
  { source: "100 MP", fmt: "png", way: "saved, SaveEffort=fast", processes: 1 },
  { source: "12 MP", fmt: "png", way: "req=img", processes: PROCESSES },
  { source: "12 MP", fmt: "png", way: "saved", processes: PROCESSES },
];

/** Beside the file of the source; of a save, beyond what writing as much grows by that was made by nobody. */
const MOST = 40e6;
/** As shipped, nothing of this size is made; the length of time says nothing here. */
const LIFTED: Vars = {
  ...{ MaxPix: "0,0", MaxRenderRgnPixels: "300000000", MaxSavePixels: "300000000" },
  ...{ SaveTimeout: "300000", ImageTimeout: "300000" },
};

/** By how much the peak grows where no raster of the size of the result is to be there. */
export async function barsOfFullSize(workers: RealWorkers, { quick }: Options): Promise<readonly Bar[]> {
  const bars: Bar[] = [];
  for (const one of FULL_SIZES) {
    const what = `${one.source} → ${one.fmt.toUpperCase()} at scl=1, ${one.way}`;
    progress(`memory: ${what}`);
    try {
      const samples: Grown[] = [];
      while (samples.length < (quick ? 1 : one.processes)) samples.push(await growthOf(one, workers));
      const bytes = median(samples.map(({ bytes }) => bytes));
      bars.push(
        growthBar(what, { source: one.source, most: MOST, besideFile: true }, bytes, await writtenAlone(samples)),
      );
    } catch (cause) {
      bars.push(unchecked(what, textOf(cause)));
    }
  }
  return bars;
}

interface Grown {
  /** By so many bytes, all that runs in the process together. */
  readonly bytes: number;
  /** What it saved. */
  readonly saved: Writing | undefined;
}

/** By how much the process of a Worker grows that does nothing but write what was saved: as often, the median. */
async function writtenAlone(samples: readonly Grown[]): Promise<number | undefined> {
  const alone: number[] = [];
  for (const { saved } of samples) if (saved !== undefined) alone.push(await growthOfWriting(saved));
  return alone.length === 0 ? undefined : median(alone);
}

async function growthOf({ source, fmt, way }: FullSize, workers: RealWorkers): Promise<Grown> {
  const effort: Vars = way === "saved, SaveEffort=fast" ? { SaveEffort: "fast" } : {};
  const worker = await workers.start({ ...LIFTED, ...effort });
  const render = (one: SourceName) => worker.render(one, modifiersOf(fmt, way));
  try {
    const bytes = await growthBy(
      worker.pid,
      () => render("tiny"),
      () => render(source),
    );
    return { bytes, saved: way === "req=img" ? undefined : await worker.saved(nameOf(fmt)) };
  } finally {
    await worker.stop();
  }
}

function modifiersOf(fmt: FullSize["fmt"], way: FullSize["way"]): string {
  const made = `scl=1&fmt=${fmt}`;
  return way === "req=img" ? made : `${made}&req=saveToFile&name=${nameOf(fmt)}`;
}

function nameOf(fmt: FullSize["fmt"]): string {
  return `full-size.${fmt === "jpeg" ? "jpg" : fmt}`;
}
