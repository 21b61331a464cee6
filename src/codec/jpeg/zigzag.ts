/** Where the k-th coefficient of the file lies in a block, row by row. Source: ITU-T T.81, figure A.6. */
export const ZIGZAG: readonly number[] = Array.from({ length: 64 }, (_, place) => place).sort((a, b) => {
  const [first, second] = [diagonalOf(a), diagonalOf(b)];
  if (first !== second) return first - second;
  // Even diagonals are walked up to the right, odd ones down to the left.
  return first % 2 === 0 ? b - a : a - b;
});

function diagonalOf(place: number): number {
  return (place % 8) + Math.floor(place / 8);
}

/** Place of a coefficient that is not wanted: behind the block. */
const NOWHERE = 64;
/** The end of a block is counted as a coefficient 128 behind the last one, which is stored nowhere. */
const END_OF_BLOCK = 128;
const PLACES = 192;

/** Places of the coefficients among the `side` × `side` lowest frequencies; the others lie nowhere. */
export function placesWithin(side: number): Uint8Array<ArrayBuffer> {
  const isWanted = (place: number) => place % 8 < side && place < 8 * side;
  const places = new Uint8Array(PLACES).fill(NOWHERE);
  places.set(ZIGZAG.map((place) => (isWanted(place) ? place : NOWHERE)));
  // A run out of the block is damage, and counts as one to its end. Source: libjpeg, jpeg_natural_order in jutils.c.
  places.fill(places[63] ?? NOWHERE, 64, END_OF_BLOCK);
  return places;
}

/** The last coefficient, in the order of the file, among the `side` × `side` lowest frequencies. */
export function lastWithin(side: number): number {
  return ZIGZAG.indexOf((side - 1) * 9);
}
