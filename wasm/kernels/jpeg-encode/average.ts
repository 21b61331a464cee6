/**
 * Samples of half the size, both ways, from two rows of sums of two samples: (above + below + bias) >> 2, where the bias
 * is 1 and 2 in turn, so that halves are not always rounded to the same side. Source: libjpeg, h2v2_downsample in jcsample.c.
 *
 * @param above byte address of u16, any alignment, as `below`; they may be the same
 * @param count samples, a multiple of 8
 */
export function averageSums(above: usize, below: usize, to: usize, count: u32): void {
  const bias = i32x4.splat(0x00020001);
  for (const end = to + count; to < end; to += 8, above += 16, below += 16) {
    const sums = i16x8.add(i16x8.add(v128.load(above), v128.load(below)), bias);
    const averages = i16x8.shr_u(sums, 2);
    v128.store64_lane(to, i8x16.narrow_i16x8_u(averages, averages), 0);
  }
}
