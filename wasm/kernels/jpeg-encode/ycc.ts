import { blue8, greenAlphaOf, luma16, red8, redBlueOf } from "./colour-lanes";
import { lastPixels } from "./last-pixels";

/**
 * Y, Cb and Cr of a row of pixels RGBA8, whatever their alpha; the last one is repeated to whole vectors of sixteen.
 *
 * @param from byte address of the first pixel, any alignment
 * @param luma byte address of the first sample, as `blue` and `red`; ⌈count / 16⌉ · 16 are written to each
 * @param count pixels, any value
 */
export function fullChromaRow(from: usize, luma: usize, blue: usize, red: usize, count: u32): void {
  const end = from + ((<usize>(count & ~15)) << 2);
  for (; from < end; from += 64, luma += 16, blue += 16, red += 16) ycc16Into(from, luma, blue, red, false);
  if ((count & 15) !== 0) ycc16Into(lastPixels(from, count & 15), luma, blue, red, false);
}

/**
 * The same, with Cb and Cr of each two pixels that stand beside one another added up: u16, half as many.
 *
 * @param blue byte address of the first sum, as `red`; ⌈count / 16⌉ · 8 are written to each
 */
export function halfChromaRow(from: usize, luma: usize, blue: usize, red: usize, count: u32): void {
  const end = from + ((<usize>(count & ~15)) << 2);
  for (; from < end; from += 64, luma += 16, blue += 16, red += 16) ycc16Into(from, luma, blue, red, true);
  if ((count & 15) !== 0) ycc16Into(lastPixels(from, count & 15), luma, blue, red, true);
}

function ycc16Into(from: usize, luma: usize, blue: usize, red: usize, addUp: bool): void {
  const px0 = v128.load(from),
    px1 = v128.load(from, 16),
    px2 = v128.load(from, 32),
    px3 = v128.load(from, 48);
  const rb0 = redBlueOf(px0),
    rb1 = redBlueOf(px1),
    rb2 = redBlueOf(px2),
    rb3 = redBlueOf(px3);
  const ga0 = greenAlphaOf(px0),
    ga1 = greenAlphaOf(px1),
    ga2 = greenAlphaOf(px2),
    ga3 = greenAlphaOf(px3);
  v128.store(luma, luma16(rb0, rb1, rb2, rb3, ga0, ga1, ga2, ga3));
  const blues = i8x16.narrow_i16x8_u(blue8(rb0, rb1, ga0, ga1), blue8(rb2, rb3, ga2, ga3));
  const reds = i8x16.narrow_i16x8_u(red8(rb0, rb1, ga0, ga1), red8(rb2, rb3, ga2, ga3));
  v128.store(blue, addUp ? i16x8.extadd_pairwise_i8x16_u(blues) : blues);
  v128.store(red, addUp ? i16x8.extadd_pairwise_i8x16_u(reds) : reds);
}
