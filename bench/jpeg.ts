import { barsAgainstSharp } from "./against-sharp.ts";
import { startBenchWorker } from "./bench-worker.ts";
import { barsOfGrowth, bucketTime, pauseTime, SHARP_BARS } from "./jpeg-bars.ts";
import { makeSources } from "./make-sources.ts";
import { listText, type Part } from "./part.ts";
import { installPeers } from "./peers/load.ts";
import { compareSources } from "./renditions.ts";
import { comparedSources, type SourceName } from "./sources.ts";

/** Renditions of JPEG photographs: how long they take, how large and how good they are, against other libraries. */
export const jpeg: Part = {
  title: "Renditions of JPEG photographs",
  async run(options) {
    const notes = [installPeers()].filter((note) => note !== undefined);
    const worker = await startBenchWorker();
    try {
      notes.push(...(await makeSources()));
      const bars = [...(await barsAgainstSharp(SHARP_BARS, worker, options)), ...(await barsOfGrowth(worker, options))];
      notes.push(await pauseTime(worker, options), await bucketTime(worker, options));
      const sources = options.quick ? QUICK_SOURCES : comparedSources("jpeg");
      const { sections, troubles } = await compareSources(sources, ["raster", "jpeg"], worker, options);
      return { markdown: [METHOD, ...sections, listText([...notes, ...troubles])].join("\n\n"), bars };
    } finally {
      await worker.stop();
    }
  },
};

const QUICK_SOURCES: readonly SourceName[] = ["12 MP", "100 MP"];

const METHOD = `Every file lies in memory before the clock runs; workerd's steps by whole milliseconds. A cell is the median time in
milliseconds, the median of its ratios to sharp's time in the same round with their quartiles, and the number of rounds.
Ours renders without the pauses that it makes for timers; what they take is told at the end of this section. JPEG is of
quality 80 with chroma halved both ways. *Bytes* is the size of the file at each width; *dB* the PSNR at each width, of the
raster or of the file decoded again, to a reference: Lanczos3 in float64 over every pixel that libjpeg-turbo decodes. It is
computed for 8 and 12 MP.`;
