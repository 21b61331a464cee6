import { greenAlphaOf, luma16, redBlueOf } from "./colour-lanes";
import { lastPixels } from "./last-pixels";

/**
 * Y of a row of pixels RGBA8, whatever their alpha; the last one is repeated to whole vectors of sixteen.
 *
 * @param from  byte address of the first pixel, any alignment
 * @param luma  byte address of the first sample; ⌈count / 16⌉ · 16 are written
 * @param count pixels, any value
 */
export function lumaRow(from: usize, luma: usize, count: u32): void {
  const end = from + ((<usize>(count & ~15)) << 2);
  for (; from < end; from += 64, luma += 16) luma16Into(from, luma);
  if ((count & 15) !== 0) luma16Into(lastPixels(from, count & 15), luma);
}

function luma16Into(from: usize, luma: usize): void {
  const px0 = v128.load(from),
    px1 = v128.load(from, 16),
    px2 = v128.load(from, 32),
    px3 = v128.load(from, 48);
  v128.store(
    luma,
    luma16(
      redBlueOf(px0),
      redBlueOf(px1),
      redBlueOf(px2),
      redBlueOf(px3),
      greenAlphaOf(px0),
      greenAlphaOf(px1),
      greenAlphaOf(px2),
      greenAlphaOf(px3),
    ),
  );
}
