import { lumaOf, planeBytes, VECTOR } from "../../lanes/planes";

/**
 * Puts Y = 0.299 R + 0.587 G + 0.114 B into the first of three planes.
 *
 * @param planes  byte address of three planes (lanes/planes.ts)
 * @param vectors any value
 */
export function lumaPlane(planes: usize, vectors: u32): void {
  const plane = planeBytes(vectors);
  const end = planes + plane;
  for (; planes < end; planes += VECTOR) {
    v128.store(planes, lumaOf(v128.load(planes), v128.load(planes + plane), v128.load(planes + 2 * plane)));
  }
}
