import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT } from "../scripts/local/bundle.ts";
import { type Growth, growthOfEach, inRealWorker, WIDTH } from "./memory-growth.ts";
import { type Bar, megabytes, type Options, unchecked } from "./part.ts";
import type { RealWorkers } from "./real-worker.ts";
import { WORKERD } from "./runners.ts";
import { pathOf, type SourceName, sourceOf } from "./sources.ts";

/** The largest file that is never held. */
export const STREAMED: SourceName = "24 MP PNG unfiltered";
/** A tile, and the source that it is of. */
const TILE = 256;
const TILED: SourceName = "100 MP";

/** How much the peak may grow by. */
export interface GrowthBound {
  readonly source: SourceName;
  readonly most: number;
  /** Whether the length of the file is allowed for as well. */
  readonly besideFile: boolean;
}

const JPEG = { most: 24e6, besideFile: true };
const STREAMED_PNG = { most: 24e6, besideFile: false };
/** What of an interlaced picture is beside the kernels depends on its size. */
const INTERLACED_PNG = { most: 48e6, besideFile: false };

const GROWTH_BARS: readonly GrowthBound[] = [
  { source: "12 MP", ...JPEG },
  { source: "100 MP", ...JPEG },
  { source: "50 MP progressive", ...JPEG },
  { source: "280 MP gray", ...JPEG },
  { source: "24 MP PNG", ...STREAMED_PNG },
  { source: "24 MP PNG unfiltered", ...STREAMED_PNG },
  { source: "12 MP PNG Adam7", ...INTERLACED_PNG },
];

const MOST_KERNELS = 2e6;
const KERNEL_BARS: readonly SourceName[] = [
  ...["12 MP", "100 MP", "50 MP progressive", "280 MP gray"],
  ...["24 MP PNG", "24 MP PNG unfiltered"],
] as const satisfies readonly SourceName[];

const MOST_CODE = 70_000;
const GZIP_LEVEL = 9;

export function growthBars(growth: Growth): readonly Bar[] {
  return GROWTH_BARS.map((bar) => growthBar(`${bar.source} → ${WIDTH} px`, bar, growth.get(bar.source)));
}

/** A tile at full size of a large picture, from its far corner: nothing but the tile is to be there. */
export async function barOfTile(workers: RealWorkers, options: Options, notes: string[]): Promise<Bar> {
  const { width, height } = sourceOf(TILED).size;
  const tile = `scl=1&rect=${width - TILE},${height - TILE},${TILE},${TILE}`;
  const growth = await growthOfEach([TILED], options, notes, WORKERD, (source) => inRealWorker(workers, source, tile));
  return growthBar(`a tile of ${TILE} × ${TILE} at scl=1 of ${TILED}`, { source: TILED, ...JPEG }, growth.get(TILED));
}

/**
 * @param got undefined where it was not rendered
 * @param alone of it, what writing as much takes alone; where it is there, what is beyond it counts
 */
export function growthBar(
  what: string,
  { source, most, besideFile }: GrowthBound,
  got: number | undefined,
  alone?: number,
): Bar {
  const name = `growth of workerd's peak, ${what}${alone === undefined ? "" : ", beyond that of writing alone"}`;
  if (got === undefined) return unchecked(name, "it was not rendered");
  const bound = most + (besideFile ? statSync(pathOf(source)).size : 0);
  const wants = `≤ ${megabytes(bound)}${besideFile ? ` (source + ${most / 1e6} MB)` : ""}`;
  const own = got - (alone ?? 0);
  const whole = alone === undefined ? "" : ` (${megabytes(got)} in all, writing alone ${megabytes(alone)})`;
  return { name, wants, got: `${megabytes(own)}${whole}`, holds: own <= bound };
}

export function kernelBars(kernels: Growth): readonly Bar[] {
  return KERNEL_BARS.map((source): Bar => {
    const name = `WebAssembly memory of our kernels, ${source} → ${WIDTH} px`;
    const bytes = kernels.get(source);
    if (bytes === undefined) return unchecked(name, "it was not rendered");
    return { name, wants: `≤ ${MOST_KERNELS / 1e6} MB`, got: megabytes(bytes), holds: bytes <= MOST_KERNELS };
  });
}

/** What every isolate loads: all kernels, as they are published. */
export function codeBar(): Bar {
  const bytes = gzipSync(readFileSync(join(ROOT, "wasm/build/kernels.wasm")), { level: GZIP_LEVEL }).length;
  const kilobytes = (of: number) => `${(of / 1000).toFixed(1)} KB`;
  return {
    name: `kernels.wasm, gzip ${GZIP_LEVEL}`,
    wants: `≤ ${kilobytes(MOST_CODE)}`,
    got: kilobytes(bytes),
    holds: bytes <= MOST_CODE,
  };
}
