import { physOf } from "../density.ts";
import { AROUND, chunkInto } from "../png-encoder/chunks.ts";

/** The signature and IHDR. */
const BEFORE_PHYS = 33;

/** A copy of a PNG that has no pHYs chunk, with one where a resolution is given. */
export function taggedCopy(png: Uint8Array, dpi: number | undefined): Uint8Array<ArrayBuffer> {
  if (dpi === undefined) return png.slice();
  const content = physOf(dpi);
  const file = new Uint8Array(png.length + AROUND + content.length);
  file.set(png.subarray(0, BEFORE_PHYS));
  file.set(png.subarray(BEFORE_PHYS), chunkInto(file, BEFORE_PHYS, "pHYs", content));
  return file;
}
