import { Fault } from "../../faults.ts";
import { AROUND, crc32 } from "./png-chunks.ts";

const SIGNATURE = 8;

/**
 * Checks the CRC of every chunk to IEND: the decoder behind this checks none, and a changed byte is another picture.
 *
 * @throws Fault naming the chunk that is damaged or missing
 */
export function checkPngChunks(file: Uint8Array): void {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = SIGNATURE;
  for (;;) {
    const length = at + AROUND <= file.length ? view.getUint32(at) : file.length;
    if (at + AROUND + length > file.length) throw new Fault("sourceBroken", "the PNG ends inside a chunk");
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    const end = at + 8 + length;
    if (crc32(view, at + 4, end) !== view.getUint32(end))
      throw new Fault("sourceBroken", `the checksum of its ${type} chunk is wrong`);
    if (type === "IEND") return;
    at = end + 4;
  }
}
