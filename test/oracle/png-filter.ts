import { PREDICTIONS } from "./png-unfilter.ts";

/** The filters of PNG, one byte at a time, as the standard writes them. Source: PNG (Third Edition), 9.2. */

/** @param pixel bytes of a pixel: so far back is the byte to the left; left of the row are zeros */
export function filtered(filter: number, row: Uint8Array, above: Uint8Array, pixel: number): Uint8Array<ArrayBuffer> {
  const predict = PREDICTIONS[filter];
  if (predict === undefined) throw new Error(`no filter ${filter}`);
  return Uint8Array.from(
    row,
    (byte, at) => byte - predict(row[at - pixel] ?? 0, above[at] ?? 0, above[at - pixel] ?? 0),
  );
}

/** The sums of what each filter leaves, as signed bytes without their signs; then the zeros that Sub and Up leave. */
export function weightsOf(row: Uint8Array, above: Uint8Array, pixel: number): readonly number[] {
  const left = PREDICTIONS.map((_, filter) => filtered(filter, row, above, pixel));
  const zeros = (bytes: Uint8Array = new Uint8Array()) => bytes.filter((byte) => byte === 0).length;
  return [...left.map(sumOfSizes), zeros(left[1]), zeros(left[2])];
}

function sumOfSizes(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum + (byte < 128 ? byte : 256 - byte), 0);
}

/** How many different pairs of neighbours there are. */
export function pairsIn(bytes: Uint8Array): number {
  return new Set(Array.from(bytes.subarray(1), (byte, at) => `${bytes[at]} ${byte}`)).size;
}
