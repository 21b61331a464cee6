import { threeQuartersDown, threeQuartersUp } from "./double-lanes";

/**
 * One of the two rows that a row becomes when there are to be twice as many (libjpeg's "fancy" h1v2).
 *
 * out = (3·near + far + bias) >> 2; libjpeg takes 1 for the upper of the two rows and 2 for the lower.
 *
 * - Sixteen samples a step: up to 15 bytes behind the rows are read and written.
 *
 * @param near  byte address of `count` samples of the row that is doubled, any alignment
 * @param far   byte address of those of its neighbour above or below
 * @param to    byte address of `count` samples, overlapping neither
 * @param count samples, at least 1
 * @param bias  1 or 2
 */
export function doubleDown(near: usize, far: usize, to: usize, count: u32, bias: u32): void {
  const end = near + count;
  if (bias === 1) {
    for (; near < end; near += 16, far += 16, to += 16) {
      v128.store(to, threeQuartersDown(v128.load(near), v128.load(far)));
    }
  } else {
    for (; near < end; near += 16, far += 16, to += 16) {
      v128.store(to, threeQuartersUp(v128.load(near), v128.load(far)));
    }
  }
}
