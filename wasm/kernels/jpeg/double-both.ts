/** In `scratch`, before the first sum: room for its equal, and the sums still begin on a vector. */
const MARGIN: usize = 16;

/**
 * One of the two rows that a row becomes, with twice as many samples (libjpeg's "fancy" h2v2).
 *
 * c = 3·near + far, out[2i] = (3·c[i] + c[i − 1] + 8) >> 4, out[2i + 1] = (3·c[i] + c[i + 1] + 7) >> 4, where the first
 * and the last c have their equals beside them.
 *
 * - Up to 15 bytes behind the rows are read, up to 14 behind the doubled row are written.
 *
 * @param near    byte address of `count` samples of the row that is doubled, any alignment
 * @param far     byte address of those of its neighbour above or below
 * @param to      byte address of 2·`count` samples, overlapping nothing else
 * @param scratch byte address of 2·`count` + 48 bytes, any contents; best 16-aligned
 * @param count   samples, at least 1
 */
export function doubleBoth(near: usize, far: usize, to: usize, scratch: usize, count: u32): void {
  const sums = scratch + MARGIN;
  addRows(near, far, sums, count);

  const end = sums + ((<usize>count) << 1);
  store<u16>(sums - 2, load<u16>(sums));
  store<u16>(end, load<u16>(end - 2));
  for (let at = sums; at < end; at += 16, to += 16) {
    const here = threefold(v128.load(at));
    const even = i16x8.add(i16x8.add(here, v128.load(at - 2)), i16x8.splat(8));
    const odd = i16x8.add(i16x8.add(here, v128.load(at, 2)), i16x8.splat(7));
    // Even samples are the low bytes of the lanes, odd ones the high bytes: (odd >> 4) << 8 without what falls away.
    const high = v128.and(i16x8.shl(odd, 4), i16x8.splat(-256));
    v128.store(to, v128.or(i16x8.shr_u(even, 4), high));
  }
}

/** sums = 3·near + far, sixteen a step. */
function addRows(near: usize, far: usize, sums: usize, count: u32): void {
  const end = near + count;
  for (; near < end; near += 16, far += 16, sums += 32) {
    const ours = v128.load(near);
    const theirs = v128.load(far);
    const low = i16x8.add(threefold(i16x8.extend_low_i8x16_u(ours)), i16x8.extend_low_i8x16_u(theirs));
    const high = i16x8.add(threefold(i16x8.extend_high_i8x16_u(ours)), i16x8.extend_high_i8x16_u(theirs));
    v128.store(sums, low);
    v128.store(sums, high, 16);
  }
}

function threefold(lanes: v128): v128 {
  return i16x8.add(lanes, i16x8.add(lanes, lanes));
}
