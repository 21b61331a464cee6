/**
 * A row stretched or shrunk by repeating or skipping samples: out[x] = from[floor(x · per / every)].
 *
 * Whole numbers all the way: the fraction is carried along in parts of `every`, and no product can overflow.
 *
 * @param from  byte address of the samples
 * @param to    byte address of `count` samples, not overlapping `from`
 * @param count samples to write, any value
 * @param per   input samples for every `every` output samples
 * @param every at least 1
 */
export function repeatAcross(from: usize, to: usize, count: u32, per: u32, every: u32): void {
  const whole = per / every;
  const part = per % every;
  let fraction: u32 = 0;
  for (const end = to + count; to < end; to++) {
    store<u8>(to, load<u8>(from));
    from += whole;
    fraction += part;
    if (fraction >= every) {
      fraction -= every;
      from++;
    }
  }
}
