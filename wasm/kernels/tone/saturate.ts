import { clampTo, lumaOf, planeBytes, VECTOR } from "../../lanes/planes";

/**
 * v' = Y + (v − Y) · factor, clamped to 0..255, in place, with Y = 0.299 R + 0.587 G + 0.114 B.
 *
 * @param planes  byte address of three planes (lanes/planes.ts)
 * @param vectors any value
 * @param factor  0 is gray, 1 changes nothing
 */
export function saturatePlanes(planes: usize, vectors: u32, factor: f32): void {
  const plane = planeBytes(vectors);
  const end = planes + plane;
  const by = f32x4.splat(factor);
  for (; planes < end; planes += VECTOR) {
    const r = v128.load(planes);
    const g = v128.load(planes + plane);
    const b = v128.load(planes + 2 * plane);
    const luma = lumaOf(r, g, b);
    v128.store(planes, apart(r, luma, by));
    v128.store(planes + plane, apart(g, luma, by));
    v128.store(planes + 2 * plane, apart(b, luma, by));
  }
}

function apart(value: v128, luma: v128, by: v128): v128 {
  const far = f32x4.add(luma, f32x4.mul(f32x4.sub(value, luma), by));
  return clampTo(far, f32x4.splat(0), f32x4.splat(255.0));
}
