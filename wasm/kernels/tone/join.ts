import { planeBytes, VECTOR } from "../../lanes/planes";

/**
 * Planes (lanes/planes.ts) → the colours of RGBA8 pixels, halves rounded up; the alpha that is there stays.
 *
 * - Values are 0..255, but for the last bits of a float.
 *
 * @param planes byte address of three planes of ⌈count / 4⌉ vectors
 * @param pixels byte address of the first pixel, any alignment
 * @param count  number of pixels, any value
 */
export function joinPixels(planes: usize, pixels: usize, count: u32): void {
  const plane = planeBytes((count + 3) >> 2);
  const vectors = pixels + ((<usize>(count & ~3)) << 2);
  const end = pixels + ((<usize>count) << 2);
  const alpha = i32x4.splat(0xff000000);

  for (; pixels < vectors; pixels += 16, planes += VECTOR) {
    v128.store(pixels, v128.or(v128.and(v128.load(pixels), alpha), coloursAt(planes, plane)));
  }
  if (pixels === end) return;
  const px = coloursAt(planes, plane);
  joinOne(pixels, i32x4.extract_lane(px, 0));
  if (pixels + 4 < end) joinOne(pixels + 4, i32x4.extract_lane(px, 1));
  if (pixels + 8 < end) joinOne(pixels + 8, i32x4.extract_lane(px, 2));
}

/** r g b 0 of four pixels */
function coloursAt(at: usize, plane: usize): v128 {
  const green = i32x4.shl(rounded(v128.load(at + plane)), 8);
  const blue = i32x4.shl(rounded(v128.load(at + 2 * plane)), 16);
  return v128.or(rounded(v128.load(at)), v128.or(green, blue));
}

function rounded(value: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.add(value, f32x4.splat(0.5)));
}

function joinOne(at: usize, colours: u32): void {
  store<u32>(at, (load<u32>(at) & 0xff000000) | colours);
}
