/** The twin of every kernel of wasm/kernels/resample: float64, one value at a time, written from the kernel's formula. */

/** Where a channel of a cell stands in a batch of four rows of cells, counted in values of sixteen bits. */
export function cellIndex(cell: number, row: number, channel: number): number {
  return Math.floor(cell / 2) * 32 + row * 8 + channel * 2 + (cell % 2);
}

/** Whether all pixels of a row are opaque. */
export function isOpaque(rgba: ArrayLike<number>): boolean {
  return Array.from(rgba).every((value, at) => at % 4 !== 3 || value === 255);
}

/** Cell i is the sum of pixels i·box … (i + 1)·box − 1 of all rows; a row repeats its last pixel. */
export function boxed(rows: readonly ArrayLike<number>[], box: number, cells: number): Float64Array {
  return summed(rows, box, cells, (pixel) => pixel);
}

/** Cells of premultiplied pixels: the sums of curve(c) · a, and of 255 · a. */
export function blended(
  rows: readonly ArrayLike<number>[],
  box: number,
  cells: number,
  curve: (level: number) => number = (level) => level,
): Float64Array {
  return summed(rows, box, cells, ([red, green, blue, alpha]) => [
    curve(red) * alpha,
    curve(green) * alpha,
    curve(blue) * alpha,
    255 * alpha,
  ]);
}

/** Pixels added to cells that hold these sums: pixel i, so many times, to cell ⌊i / each⌋ · step. */
export function added(
  sums: ArrayLike<number>,
  rgba: ArrayLike<number>,
  { each, times, step }: { readonly each: number; readonly times: number; readonly step: number },
  blend: boolean,
): Float64Array {
  const all = Float64Array.from(sums);
  eachPixel(rgba, (at, pixel) => {
    const [red, green, blue, alpha] = pixel;
    const values = blend ? [red * alpha, green * alpha, blue * alpha, 255 * alpha] : pixel;
    const to = Math.floor(at / 4 / each) * step * 4;
    for (const [channel, value] of values.entries()) all[to + channel] = (all[to + channel] ?? 0) + value * times;
  });
  return all;
}

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

function summed(
  rows: readonly ArrayLike<number>[],
  box: number,
  cells: number,
  valuesOf: (pixel: Pixel) => Pixel,
): Float64Array {
  const sums = new Float64Array(cells * 4);
  for (const row of rows) {
    for (let column = 0; column < cells * box; column++) {
      const at = Math.min(column, row.length / 4 - 1) * 4;
      const pixel = valuesOf([row[at] ?? 0, row[at + 1] ?? 0, row[at + 2] ?? 0, row[at + 3] ?? 0]);
      const to = Math.floor(column / box) * 4;
      for (const [channel, value] of pixel.entries()) sums[to + channel] = (sums[to + channel] ?? 0) + value;
    }
  }
  return sums;
}

/** What the horizontal pass weighs: `count` outputs, each of `taps` cells from its start on. */
export interface Weighing {
  readonly starts: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  readonly taps: number;
}

/** Output i of a row is the sum of weights[i·taps + t] · cell[starts[i] + t], over 2^shift, halves rounded up. */
export function weighedAcross(
  cells: ArrayLike<number>,
  row: number,
  { starts, weights, taps }: Weighing,
  shift: number,
): Float64Array {
  const outputs = new Float64Array(starts.length * 4);
  for (let at = 0; at < outputs.length; at++) {
    const [output, channel] = [Math.floor(at / 4), at % 4];
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const value = cells[cellIndex((starts[output] ?? 0) + tap, row, channel)] ?? 0;
      sum += value * (weights[output * taps + tap] ?? 0);
    }
    outputs[at] = Math.min(32_767, Math.max(-32_768, Math.floor(sum / 2 ** shift + 0.5)));
  }
  return outputs;
}

/** The weighted sum of rows, in levels: their values are 64ths, the weights are 2^-14ths. */
export function weighedDown(rows: readonly ArrayLike<number>[], weights: ArrayLike<number>): Float64Array {
  return new Float64Array(rows[0]?.length ?? 0).map((_, at) =>
    rows.reduce((sum, row, tap) => sum + ((row[at] ?? 0) * (weights[tap] ?? 0)) / 2 ** 20, 0),
  );
}

/** c' = c · 255 / a as bytes; all zeros where alpha rounds to 0. */
export function unpremultiplied(row: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  return settled(row, (colour, alpha) => byte((colour / alpha) * 255));
}

/** The same, but c' = table[c / a · 16320], the index clamped and rounded. */
export function encoded(row: ArrayLike<number>, table: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  return settled(row, (colour, alpha) => {
    const index = Math.floor((colour / alpha) * 16_320 + 0.5);
    return table[Math.min(16_320, Math.max(0, index))] ?? 0;
  });
}

function settled(row: ArrayLike<number>, levelOf: (colour: number, alpha: number) => number): Uint8Array<ArrayBuffer> {
  const rgba = new Uint8Array(row.length);
  eachPixel(row, (at, [red, green, blue, alpha]) => {
    if (alpha >= 0.5) {
      rgba.set([levelOf(red, alpha), levelOf(green, alpha), levelOf(blue, alpha), byte(alpha)], at);
    }
  });
  return rgba;
}

/** Halves rounded up, clamped, not-a-number is 0. */
export function byte(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(255, Math.max(0, Math.floor(value + 0.5)));
}

function eachPixel(row: ArrayLike<number>, take: (at: number, pixel: Pixel) => void): void {
  for (let at = 0; at < row.length; at += 4)
    take(at, [row[at] ?? 0, row[at + 1] ?? 0, row[at + 2] ?? 0, row[at + 3] ?? 0]);
}
