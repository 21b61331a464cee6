import { product, storePixels } from "./colour-lanes";
import { BLUE, blueOf, GREEN, greenOf, MIDDLE, RED, redOf } from "./ycc-lanes";

/**
 * YCbCr of JFIF → opaque RGBA8, equal to libjpeg's; within 1 of the formula in real numbers.
 *
 * R = Y + 1.402·Cr', G = Y − 0.344136·Cb' − 0.714136·Cr', B = Y + 1.772·Cb', where Cb' = Cb − 128 and Cr' = Cr − 128
 *
 * - Sixteen pixels a step: up to 15 bytes behind the samples are read, up to 60 behind the pixels are written.
 *
 * @param y     byte address of `count` samples, any alignment; so are `cb` and `cr`
 * @param to    byte address of `count` pixels, overlapping none of them
 * @param count pixels, any value
 */
export function yccRow(y: usize, cb: usize, cr: usize, to: usize, count: u32): void {
  const middle = v128.load(MIDDLE);
  const byRed = v128.load(RED);
  const byGreen = v128.load(GREEN);
  const byBlue = v128.load(BLUE);
  for (const end = y + count; y < end; y += 16, cb += 16, cr += 16, to += 64) {
    const luma = v128.load(y);
    const chromaBlue = v128.load(cb);
    const chromaRed = v128.load(cr);
    const yLow = i16x8.extend_low_i8x16_u(luma);
    const yHigh = i16x8.extend_high_i8x16_u(luma);
    const blueLow = i16x8.sub(i16x8.extend_low_i8x16_u(chromaBlue), middle);
    const blueHigh = i16x8.sub(i16x8.extend_high_i8x16_u(chromaBlue), middle);
    const redLow = i16x8.sub(i16x8.extend_low_i8x16_u(chromaRed), middle);
    const redHigh = i16x8.sub(i16x8.extend_high_i8x16_u(chromaRed), middle);
    storePixels(
      to,
      i8x16.narrow_i16x8_u(redOf(yLow, redLow, byRed), redOf(yHigh, redHigh, byRed)),
      i8x16.narrow_i16x8_u(greenOf(yLow, blueLow, redLow, byGreen), greenOf(yHigh, blueHigh, redHigh, byGreen)),
      i8x16.narrow_i16x8_u(blueOf(yLow, blueLow, byBlue), blueOf(yHigh, blueHigh, byBlue)),
    );
  }
}

/**
 * Adobe's YCCK → opaque RGBA8: R = round((255 − R of the first three) · K / 255), likewise G and B.
 *
 * Adobe stores inks inverted. So 255 − R is what lets red light through, and so is the sample K.
 *
 * - As `yccRow` otherwise.
 *
 * @param k byte address of `count` samples
 */
export function ycckRow(y: usize, cb: usize, cr: usize, k: usize, to: usize, count: u32): void {
  const middle = v128.load(MIDDLE);
  const byRed = v128.load(RED);
  const byGreen = v128.load(GREEN);
  const byBlue = v128.load(BLUE);
  for (const end = y + count; y < end; y += 16, cb += 16, cr += 16, k += 16, to += 64) {
    const luma = v128.load(y);
    const chromaBlue = v128.load(cb);
    const chromaRed = v128.load(cr);
    const light = v128.load(k);
    const yLow = i16x8.extend_low_i8x16_u(luma);
    const yHigh = i16x8.extend_high_i8x16_u(luma);
    const blueLow = i16x8.sub(i16x8.extend_low_i8x16_u(chromaBlue), middle);
    const blueHigh = i16x8.sub(i16x8.extend_high_i8x16_u(chromaBlue), middle);
    const redLow = i16x8.sub(i16x8.extend_low_i8x16_u(chromaRed), middle);
    const redHigh = i16x8.sub(i16x8.extend_high_i8x16_u(chromaRed), middle);
    // The complement of a byte is 255 less it.
    const cyan = v128.not(i8x16.narrow_i16x8_u(redOf(yLow, redLow, byRed), redOf(yHigh, redHigh, byRed)));
    const magenta = v128.not(
      i8x16.narrow_i16x8_u(greenOf(yLow, blueLow, redLow, byGreen), greenOf(yHigh, blueHigh, redHigh, byGreen)),
    );
    const yellow = v128.not(i8x16.narrow_i16x8_u(blueOf(yLow, blueLow, byBlue), blueOf(yHigh, blueHigh, byBlue)));
    storePixels(to, product(cyan, light), product(magenta, light), product(yellow, light));
  }
}
