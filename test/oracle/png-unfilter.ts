/** The filters of PNG undone, one byte at a time, as the standard writes them. Source: PNG (Third Edition), 9.2, 9.4. */

/** What a filter predicts of a byte from the bytes to the left, above, and above to the left. */
type Prediction = (left: number, above: number, corner: number) => number;

export const PREDICTIONS: readonly Prediction[] = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => Math.floor((left + above) / 2),
  paeth,
];

/** Source: PNG (Third Edition), 9.4, in its own words. */
function paeth(a: number, b: number, c: number): number {
  const p = a + b - c;
  const pa = Math.abs(p - a);
  const pb = Math.abs(p - b);
  const pc = Math.abs(p - c);
  if (pa <= pb && pa <= pc) return a;
  if (pb <= pc) return b;
  return c;
}

/** @param pixel bytes of a pixel: so far back is the byte to the left */
export function unfiltered(
  filter: number,
  bytes: Uint8Array,
  above: Uint8Array,
  pixel: number,
): Uint8Array<ArrayBuffer> {
  const row = new Uint8Array(bytes.length);
  const predict = PREDICTIONS[filter];
  if (predict === undefined) throw new Error(`no filter ${filter}`);
  for (const [at, byte] of bytes.entries()) {
    row[at] = byte + predict(row[at - pixel] ?? 0, above[at] ?? 0, above[at - pixel] ?? 0);
  }
  return row;
}

/** Rows, each with its filter, from the top. */
export function unfilteredRows(rows: readonly FilteredRow[], width: number, pixel: number): readonly Uint8Array[] {
  let above = new Uint8Array(width);
  return rows.map(({ filter, bytes }) => {
    above = unfiltered(filter, bytes, above, pixel);
    return above;
  });
}

export interface FilteredRow {
  readonly filter: number;
  readonly bytes: Uint8Array;
}
