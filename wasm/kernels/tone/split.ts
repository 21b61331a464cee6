import { planeBytes, VECTOR } from "../../lanes/planes";

/**
 * RGBA8 pixels → planes (lanes/planes.ts), without alpha.
 *
 * @param pixels byte address of the first pixel, any alignment
 * @param count  number of pixels, any value
 * @param planes byte address of three planes of ⌈count / 4⌉ vectors
 */
export function splitPixels(pixels: usize, count: u32, planes: usize): void {
  const plane = planeBytes((count + 3) >> 2);
  const vectors = pixels + ((<usize>(count & ~3)) << 2);
  const end = pixels + ((<usize>count) << 2);

  for (; pixels < vectors; pixels += 16, planes += VECTOR) splitFour(v128.load(pixels), planes, plane);
  if (pixels === end) return;
  let px = v128.load32_zero(pixels);
  if (pixels + 4 < end) px = v128.load32_lane(pixels + 4, px, 1);
  if (pixels + 8 < end) px = v128.load32_lane(pixels + 8, px, 2);
  splitFour(px, planes, plane);
}

function splitFour(px: v128, to: usize, plane: usize): void {
  const low = i32x4.splat(0xff);
  v128.store(to, f32x4.convert_i32x4_s(v128.and(px, low)));
  v128.store(to + plane, f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(px, 8), low)));
  v128.store(to + 2 * plane, f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(px, 16), low)));
}
