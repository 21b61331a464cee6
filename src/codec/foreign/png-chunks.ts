import { physOf } from "../density.ts";
import { AROUND, crc32 } from "./png-checksums.ts";

/** Writes a chunk; its end. Source: PNG (Third Edition), 5.3. */
export function chunkInto(file: Uint8Array, at: number, type: string, ...content: readonly Uint8Array[]): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let letter = 0; letter < 4; letter++) file[at + 4 + letter] = type.charCodeAt(letter);
  let end = at + 8;
  for (const part of content) {
    file.set(part, end);
    end += part.length;
  }
  view.setUint32(at, end - at - 8);
  view.setUint32(end, crc32(view, at + 4, end));
  return end + 4;
}

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
