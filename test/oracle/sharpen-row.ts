import { byte } from "./rows.ts";

export interface Sharpening {
  readonly amount: number;
  readonly threshold: number;
  readonly mono: boolean;
}

/**
 * The twin of the kernels of wasm/kernels/sharpen: v' = v + amount · (v − b) of a row of RGBA8 and its premultiplied blur,
 * v rounded to 64ths of a level for the difference.
 */
export function sharpenedRow(
  rgba: ArrayLike<number>,
  blurred: ArrayLike<number>,
  { amount, threshold, mono }: Sharpening,
): Uint8Array<ArrayBuffer> {
  const result = Uint8Array.from(rgba);
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] ?? 0;
    const values = [0, 1, 2].map((channel) => ((rgba[at + channel] ?? 0) * alpha) / 255).concat(alpha);
    const differences = values.map((value, channel) => Math.round(value * 64) / 64 - (blurred[at + channel] ?? 0));
    if (mono) {
      const [red = 0, green = 0, blue = 0] = differences;
      differences.fill(0.299 * red + 0.587 * green + 0.114 * blue, 0, 3);
    }
    const reached = differences.map((difference) => Math.abs(difference) >= threshold);
    if (!reached.includes(true)) continue;
    const sharp = values.map((value, i) => (reached[i] ? value + amount * (differences[i] ?? 0) : value));
    const overshot = sharp[3] ?? 0;
    const pixel = sharp.map((value, i) => byte(i === 3 ? value : (value * 255) / overshot));
    result.set(overshot >= 0.5 ? pixel : [0, 0, 0, 0], at);
  }
  return result;
}
