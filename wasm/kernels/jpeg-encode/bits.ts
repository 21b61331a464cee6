import { BitSink } from "./records";
import { stuffBytes } from "./stuff";

/** Puts the lowest `length` bits of `value`, at most 32; the others are zeros. */
export function putBits(sink: BitSink, value: u32, length: u32): void {
  sink.bits = (sink.bits << (<u64>length)) | <u64>value;
  const count = sink.count + length;
  // Written whether the word is full or not: a branch on it could not be foretold.
  store<u32>(sink.word, <u32>(sink.bits >> <u64>(count - 32)));
  sink.word += <usize>((count >> 5) << 2);
  sink.count = count & 31;
}

/** Makes bytes of all words that are full. */
export function flushWords(sink: BitSink): void {
  sink.at = stuffBytes(sink.words, sink.word - sink.words, sink.at);
  sink.word = sink.words;
}

/** Ends a scan: fills the last byte up with ones, and makes bytes of everything. Source: ITU-T T.81, F.1.2.3. */
export function finishBits(sink: BitSink): void {
  putBits(sink, 0x7f, 7);
  const count = sink.count;
  const bytes = sink.word - sink.words + <usize>(count >> 3);
  if (count > 0) store<u32>(sink.word, <u32>(sink.bits << (<u64>(32 - count))));
  sink.at = stuffBytes(sink.words, bytes, sink.at);
  sink.word = sink.words;
  sink.bits = 0;
  sink.count = 0;
}
