/** A stretch of a file, in bytes. */
export interface ByteRange {
  readonly at: number;
  /** One at least. */
  readonly length: number;
}

/**
 * The part of a file of `size` bytes that a `Range` asks for. Undefined where all of it is to be sent: what is no range of bytes,
 * or asks for several, may be ignored, and is.
 *
 * Source: RFC 9110, 14.1.1, 14.1.2, 14.2.
 */
export function byteRange(header: string | null, size: number): ByteRange | "unsatisfiable" | undefined {
  const [, first = "", last = ""] = /^\s*bytes\s*=\s*(\d*)-(\d*)\s*$/i.exec(header ?? "") ?? [];
  // Of an empty file there is no part that could be named.
  if ((first === "" && last === "") || size === 0) return undefined;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { at: size - length, length };
  }
  const at = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  if (last !== "" && Number(last) < at) return undefined;
  return at >= size ? "unsatisfiable" : { at, length: end - at };
}
