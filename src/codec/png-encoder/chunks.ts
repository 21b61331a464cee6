import { crc32 } from "../png/crc32.ts";

/** What a chunk adds to its content: length and type before it, its CRC behind. */
export const AROUND = 12;

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
