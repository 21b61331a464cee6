import { product, storePixels } from "./colour-lanes";

/**
 * CMYK → opaque RGBA8: R = round(C' · K' / 255), G = round(M' · K' / 255), B = round(Y' · K' / 255), exact.
 *
 * C' = 255 − ink, what an ink lets through: the sample as it is where inks are stored inverted, as Adobe does.
 *
 * - Sixteen pixels a step: up to 15 bytes behind the samples are read, up to 60 behind the pixels are written.
 *
 * @param c          byte address of `count` samples, any alignment; so are `m`, `y` and `k`
 * @param to         byte address of `count` pixels, overlapping none of them
 * @param count      pixels, any value
 * @param complement 0 where inks are stored inverted, 255 where they are not
 */
export function cmykRow(c: usize, m: usize, y: usize, k: usize, to: usize, count: u32, complement: u32): void {
  const flip = i8x16.splat(<i8>complement);
  for (const end = c + count; c < end; c += 16, m += 16, y += 16, k += 16, to += 64) {
    const light = v128.xor(v128.load(k), flip);
    storePixels(
      to,
      product(v128.xor(v128.load(c), flip), light),
      product(v128.xor(v128.load(m), flip), light),
      product(v128.xor(v128.load(y), flip), light),
    );
  }
}
