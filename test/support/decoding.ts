import type { DecoderMaker, Strip } from "../../src/codec/decoder.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";

export interface Decoded {
  /** Where each strip lay, without its rows. */
  readonly strips: readonly Pick<Strip, "y" | "rows">[];
  readonly raster: Raster;
}

/** Decodes a file as the renderer does: pushes chunks, pulls strips whenever there are some, copies their rows. */
export async function decode(
  maker: DecoderMaker,
  facts: SourceFacts,
  file: Uint8Array,
  chunkBytes = file.length,
): Promise<Decoded> {
  const decoder = maker.make(facts, file.length);
  const strips: Strip[] = [];
  const drain = () => {
    for (let strip = decoder.pull(); strip !== undefined; strip = decoder.pull()) {
      if (strip.rows < 1) throw new Error("a strip without rows: pulling would never end");
      strips.push({ ...strip, data: strip.data.slice() });
    }
  };
  for (let at = 0; at < file.length; at += chunkBytes) {
    decoder.push(file.subarray(at, at + chunkBytes));
    drain();
  }
  await decoder.end();
  drain();
  const data = Uint8Array.from(Buffer.concat(strips.map((strip) => strip.data)));
  return { strips: strips.map(({ y, rows }) => ({ y, rows })), raster: { size: facts.size, data } };
}
