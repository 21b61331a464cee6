/**
 * How many bytes are the same at both addresses, up to `most`; up to 15 bytes behind those are read.
 *
 * @param from before `at`, by any distance
 */
export function sameBytes(from: usize, at: usize, most: u32): u32 {
  let length: u32 = 0;
  do {
    const same = i8x16.bitmask(i8x16.eq(v128.load(from + <usize>length), v128.load(at + <usize>length)));
    if (same !== 0xffff) return min(most, length + ctz(~same));
    length += 16;
  } while (length < most);
  return most;
}
