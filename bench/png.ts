import { barsAgainstSharp, type SharpBar } from "./against-sharp.ts";
import { startBenchWorker } from "./bench-worker.ts";
import { makeSources } from "./make-sources.ts";
import { listText, type Part } from "./part.ts";
import { installPeers } from "./peers/load.ts";
import { compareSources } from "./renditions.ts";
import { comparedSources, type SourceName } from "./sources.ts";

/** Where nothing is filtered, inflating is all there is to do, and zlib-ng does that well. */
const SHARP_BARS: readonly SharpBar[] = [
  { source: "12 MP PNG unfiltered", output: "raster", share: 1.1 },
  { source: "12 MP PNG", output: "raster", share: 0.7 },
  { source: "12 MP PNG RGBA", output: "raster", share: 0.7 },
  { source: "12 MP PNG palette", output: "raster", share: 0.7 },
  { source: "12 MP PNG 16 bit", output: "raster", share: 0.7 },
];

/** Rasters of PNG photographs, of every kind that decoding takes another way for, against other libraries. */
export const png: Part = {
  title: "Renditions of PNG photographs",
  async run(options) {
    const notes = [installPeers()].filter((note) => note !== undefined);
    const worker = await startBenchWorker();
    try {
      notes.push(...(await makeSources()));
      const bars = await barsAgainstSharp(SHARP_BARS, worker, options);
      const sources = options.quick ? QUICK_SOURCES : comparedSources("png");
      const { sections, troubles } = await compareSources(sources, ["raster"], worker, options);
      return { markdown: [METHOD, ...sections, listText([...notes, ...troubles])].join("\n\n"), bars };
    } finally {
      await worker.stop();
    }
  },
};

const QUICK_SOURCES: readonly SourceName[] = ["12 MP PNG", "24 MP PNG"];

const METHOD = `The 12 MP photograph of the section above, decoded by sharp and written by its libpng and zlib-ng at level 6, and measured
in the same way. Where filters are chosen, nearly all rows have Paeth. RGBA is the photograph behind a disc with a soft edge:
half of the pixels is transparent, though not without colour, and a tenth partly so. The lower half of sixteen bits is noise,
as a sensor gives it. Ours checks the CRC of every chunk and the Adler-32 of what it inflates. What is slow makes one width
only, since it costs the same at every width. *dB* is of the raster, over black where there is alpha; it is computed for 12 MP.`;
