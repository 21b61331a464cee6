/** Pieces of a file, each made when it is asked for. */
export type Pieces = () => Iterable<Uint8Array<ArrayBuffer>>;

export const MIB = 1024 * 1024;

/** Bytes of which no stretch of a part's length is like another. */
export function fileOf(length: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let at = 0; at < words.length; at++) words[at] = Math.imul(at, 2_654_435_761);
  return new Uint8Array(words.buffer, 0, length);
}

/** A file in pieces of one length, but for the last one. */
export function cut(file: Uint8Array, length: number): Pieces {
  return function* () {
    for (let at = 0; at < file.length; at += length) yield Uint8Array.from(file.subarray(at, at + length));
  };
}

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
