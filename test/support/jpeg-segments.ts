/** A marker, with its segment, or with the coded bytes behind it. */
export interface FilePart {
  /** 0 for coded bytes. */
  readonly marker: number;
  /** Where it begins, fill bytes included, and where the next part does. */
  readonly at: number;
  readonly end: number;
}

/**
 * The parts of an undamaged file: segments, restart markers, and coded bytes between them.
 * Source: ITU-T T.81, B.1.1.
 */
export function partsOf(file: Uint8Array): readonly FilePart[] {
  const parts: FilePart[] = [];
  for (let at = 0; at < file.length; ) {
    const { marker, end } = partAt(file, at);
    parts.push({ marker, at, end });
    at = end;
  }
  return parts;
}

function partAt(file: Uint8Array, at: number): { readonly marker: number; readonly end: number } {
  let from = at;
  while (file[from] === 0xff && file[from + 1] === 0xff) from++;
  const marker = file[from + 1] ?? 0;
  if (file[from] !== 0xff || marker === 0) {
    let end = at + 1;
    while (end < file.length && !(file[end] === 0xff && (file[end + 1] ?? 0) !== 0)) end++;
    return { marker: 0, end };
  }
  const isBare = marker >= 0xd0 && marker <= 0xd9;
  return { marker, end: from + 2 + (isBare ? 0 : ((file[from + 2] ?? 0) << 8) | (file[from + 3] ?? 0)) };
}

export function bytesOf(file: Uint8Array, { at, end }: FilePart): Uint8Array {
  return file.subarray(at, end);
}

/** A file of these parts, in their order; bytes stand for themselves. */
export function fileOfParts(
  file: Uint8Array,
  parts: readonly (FilePart | readonly number[])[],
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    Buffer.concat(parts.map((part) => ("at" in part && "end" in part ? bytesOf(file, part) : Uint8Array.from(part)))),
  );
}
