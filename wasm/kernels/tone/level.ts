import { clampTo, planeBytes, VECTOR } from "../../lanes/planes";

/**
 * v' = (v − pivot) · factor + offset, not below `low` and not above `high`, of one plane, in place.
 *
 * @param plane   byte address of the plane (lanes/planes.ts)
 * @param vectors any value
 * @param curve   byte address of five floats: pivot, factor, offset, low, high
 */
export function levelPlane(plane: usize, vectors: u32, curve: usize): void {
  const pivot = v128.load32_splat(curve);
  const factor = v128.load32_splat(curve, 4);
  const offset = v128.load32_splat(curve, 8);
  const low = v128.load32_splat(curve, 12);
  const high = v128.load32_splat(curve, 16);
  const end = plane + planeBytes(vectors);
  for (; plane < end; plane += VECTOR) {
    const value = f32x4.add(f32x4.mul(f32x4.sub(v128.load(plane), pivot), factor), offset);
    v128.store(plane, clampTo(value, low, high));
  }
}
