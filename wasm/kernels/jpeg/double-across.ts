import { threeQuartersDown, threeQuartersUp } from "./double-lanes";

/**
 * Twice as many samples across, by libjpeg's triangle filter ("fancy" h2v1).
 *
 * out[2i] = (3·s[i] + s[i − 1] + 1) >> 2, out[2i + 1] = (3·s[i] + s[i + 1] + 2) >> 2; the ends are copied.
 *
 * - Sixteen samples a step: up to 16 bytes behind the row are read, up to 30 behind the doubled row are written.
 *
 * @param from  byte address of `count` samples, any alignment
 * @param to    byte address of 2·`count` samples, any alignment, not overlapping `from`
 * @param count samples, at least 1
 */
export function doubleAcross(from: usize, to: usize, count: u32): void {
  const end = from + count;
  const last = to + ((<usize>count) << 1) - 1;
  // Left of the first sample stands its equal: (3s + s + 1) >> 2 = s.
  let before = v128.load8_splat(from);
  for (; from < end; from += 16, to += 32) {
    const here = v128.load(from);
    // The last of the step before, and all but the last of this one.
    const left = v128.shuffle<i8>(before, here, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    const even = threeQuartersDown(here, left);
    const odd = threeQuartersUp(here, v128.load(from, 1));
    v128.store(to, v128.shuffle<i8>(even, odd, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
    v128.store(to, v128.shuffle<i8>(even, odd, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16);
    before = here;
  }
  store<u8>(last, load<u8>(end - 1));
}
