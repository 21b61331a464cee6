import { sniffingOf } from "../../src/codec/sniff.ts";
import type { Size } from "../../src/plan/size.ts";

/** The size of a picture in pixels, as its own header says. */
export function pictureSize(file: Uint8Array): Size {
  const sniffing = sniffingOf(file);
  let step = sniffing.next();
  while (!step.done) {
    const { at, length } = step.value;
    const end = Math.min(at + length, file.length);
    step = sniffing.next(new DataView(file.buffer, file.byteOffset + at, Math.max(0, end - at)));
  }
  return step.value.size;
}
