import { barsOfFullSize } from "./full-size.ts";
import { makeSources } from "./make-sources.ts";
import { barOfTile, codeBar, growthBars, kernelBars, STREAMED } from "./memory-bars.ts";
import { type Growth, growthOfEach, inNode, inRealWorker, PROCESSES, WIDTH } from "./memory-growth.ts";
import { barOfMany, growthOfMany, growthOfReading, growthOfStreaming } from "./memory-reading.ts";
import { listText, megabytes, type Options, type Part, table, unchecked } from "./part.ts";
import { installPeers } from "./peers/load.ts";
import { PIPELINE_NAMES } from "./pipelines.ts";
import { canMeasureMemory } from "./process-memory.ts";
import { RealWorkers } from "./real-worker.ts";
import { isSlow, WORKERD } from "./runners.ts";
import { comparedSources, type SourceName } from "./sources.ts";

/** PNG differs by how its rows come and how long they are, hardly by what is in them. */
const PNG_SOURCES: readonly SourceName[] = ["12 MP PNG", "12 MP PNG Adam7", "24 MP PNG", "24 MP PNG unfiltered"];
const QUICK_SOURCES: readonly SourceName[] = ["12 MP", "100 MP", "50 MP progressive", "280 MP gray"];

/** What renditions cost in memory: in the real Worker, and in a process with nothing but the pipeline. */
export const memory: Part = {
  title: "Memory",
  async run(options) {
    if (!canMeasureMemory()) {
      return { markdown: "", bars: [unchecked("memory", "this system does not tell what processes hold")] };
    }
    const notes = [installPeers(), ...(await makeSources())].filter((note) => note !== undefined);
    const groups = [options.quick ? QUICK_SOURCES : comparedSources("jpeg"), PNG_SOURCES];
    const sources = groups.flat();
    const workers = new RealWorkers();
    try {
      await workers.put(["tiny", "tiny PNG", ...sources]);
      const inWorkerd = await growthOfEach(sources, options, notes, WORKERD, (source) => inRealWorker(workers, source));
      const bars = [...growthBars(inWorkerd), await barOfTile(workers, options, notes)];
      bars.push(...(await barsOfFullSize(workers, options)), await barOfMany(workers, options));
      notes.push(await growthOfMany(workers, options));
      notes.push(await growthOfReading(options), await growthOfStreaming(STREAMED));
      const kernels = new Map<SourceName, number>();
      const rows = new Map([[WORKERD, inWorkerd], ...(await growthInNode(sources, options, notes, kernels))]);
      rows.set("memory of our kernels", kernels);
      bars.push(...kernelBars(kernels), codeBar());
      const tables = groups.map((group) => tableOf(group, rows));
      return { markdown: [METHOD, ...tables, listText(notes)].join("\n\n"), bars };
    } finally {
      workers.remove();
    }
  },
};

const METHOD = `How much the peak resident size of a process exceeds what was resident after a tiny rendition of the same format: the
median of ${PROCESSES} fresh processes, but one process where a rendition takes long. workerd runs the Worker as it is published, over
HTTP, and the simulated R2 as well, which has the file on disk; the others are Node processes with nothing but the pipeline and
the source file. Of a JPEG the length of the file is allowed for beside the 24 MB, of a PNG nothing is: it is never held.

Where the result is as large as its source, at scl=1, limits on sizes and times are lifted, the tiny rendition is made in the same
way, and a picture of 100 MP is made as a PNG once only. What is saved goes to the simulated R2, which runs in the same process: what
it holds of an upload counts in the growth, but is not the Worker's, and on the platform it is elsewhere. So the bar of a save is on
what is beyond the growth of a fresh process in which a Worker writes as many bytes, in parts of 5 MiB or at once as the save did,
and does nothing else. Its one part is there before, so that nothing of that growth is its own; both are shown.

Whether renditions leave anything behind cannot be told by what is resident. That grows while nobody collects garbage, which V8 puts
off as long as nothing is scarce, and it grows in a Worker that only reads from the simulated R2 as well, whose garbage is in the same
process; waiting between renditions changes nothing. So that bar is on our isolate alone, after a collection: what is on its heap and in
buffers beside it, as the inspector tells, the least of five renditions in a row. What is resident is told below. Memory of WebAssembly is not in
what the inspector tells; how much our kernels hold has bars of its own.`;

/** @param kernels is filled with the bytes that our kernels held */
async function growthInNode(
  sources: readonly SourceName[],
  options: Options,
  notes: string[],
  kernels: Map<SourceName, number>,
): Promise<ReadonlyMap<string, Growth>> {
  const rows = new Map<string, Growth>();
  for (const name of PIPELINE_NAMES.filter((one) => one !== "sharp, mozjpeg")) {
    const some = options.quick && isSlow(name) ? [] : sources;
    rows.set(name, await growthOfEach(some, options, notes, name, (source) => inNode(name, source, kernels)));
  }
  return rows;
}

function tableOf(sources: readonly SourceName[], rows: ReadonlyMap<string, Growth>): string {
  const lines = [...rows].map(([name, bytes]) => {
    return [name, ...sources.map((source) => (bytes.has(source) ? megabytes(bytes.get(source) ?? 0) : "–"))];
  });
  return table([`→ ${WIDTH} px JPEG`, ...sources], lines);
}
