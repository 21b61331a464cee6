/** The twin of every kernel: one row, float64, one value at a time, written from the kernel's formula. */

/** c' = c · a / 255, a' = a. */
export function premultiplied(rgba: ArrayLike<number>): Float64Array {
  const row = new Float64Array(rgba.length);
  eachPixel(rgba, (at, [red, green, blue, alpha]) => {
    row.set([(red * alpha) / 255, (green * alpha) / 255, (blue * alpha) / 255, alpha], at);
  });
  return row;
}

/** Output pixel i is the sum of weights[i · taps + t] · pixel[starts[i] + t]. */
export function convolved(
  row: ArrayLike<number>,
  starts: ArrayLike<number>,
  weights: ArrayLike<number>,
  taps: number,
): Float64Array {
  const sums = new Float64Array(starts.length * 4);
  for (let output = 0; output < starts.length; output++) {
    for (let tap = 0; tap < taps; tap++) {
      for (let channel = 0; channel < 4; channel++) {
        const value = row[((starts[output] ?? 0) + tap) * 4 + channel] ?? 0;
        sums[output * 4 + channel] = (sums[output * 4 + channel] ?? 0) + value * (weights[output * taps + tap] ?? 0);
      }
    }
  }
  return sums;
}

/** sum + row · weight */
export function accumulated(sum: ArrayLike<number>, row: ArrayLike<number>, weight: number): Float64Array {
  return Float64Array.from(sum, (value, at) => value + (row[at] ?? 0) * weight);
}

/** c' = c · 255 / a as bytes; all zeros where alpha rounds to 0. */
export function unpremultiplied(row: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const rgba = new Uint8Array(row.length);
  eachPixel(row, (at, [red, green, blue, alpha]) => {
    if (alpha >= 0.5)
      rgba.set(
        [red / alpha, green / alpha, blue / alpha, alpha / 255].map((c) => byte(c * 255)),
        at,
      );
  });
  return rgba;
}

/**
 * c' = c + b · (255 − a) / 255 as bytes, opaque.
 *
 * Linear, without a clamp in between: an alpha that overshot takes as much background away as its colour overshot.
 */
export function flattened(row: ArrayLike<number>, background: readonly number[]): Uint8Array<ArrayBuffer> {
  const rgba = new Uint8Array(row.length);
  eachPixel(row, (at, [red, green, blue, alpha]) => {
    const over = (colour: number, behind = 0) => byte(colour + (behind * (255 - alpha)) / 255);
    rgba.set([over(red, background[0]), over(green, background[1]), over(blue, background[2]), 255], at);
  });
  return rgba;
}

/** Halves rounded up, clamped, not-a-number is 0. */
export function byte(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(255, Math.max(0, Math.floor(value + 0.5)));
}

function eachPixel(
  row: ArrayLike<number>,
  take: (at: number, pixel: readonly [red: number, green: number, blue: number, alpha: number]) => void,
): void {
  for (let at = 0; at < row.length; at += 4)
    take(at, [row[at] ?? 0, row[at + 1] ?? 0, row[at + 2] ?? 0, row[at + 3] ?? 0]);
}
