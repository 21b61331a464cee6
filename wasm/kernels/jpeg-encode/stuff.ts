/** A vector with a byte of 0xFF, and room to read one behind it. */
const SPLIT: usize = memory.data(32, 16);

/**
 * Makes bytes of words of 32 bits, the first byte uppermost, with a zero behind each 0xFF. Source: ITU-T T.81, F.1.2.3.
 *
 * - Up to 15 bytes behind the words are read.
 * - Up to 31 bytes behind what is made are written.
 *
 * @param from  byte address of the words
 * @param bytes how many of their bytes, any value
 * @returns the address behind the last byte that was made
 */
export function stuffBytes(from: usize, bytes: usize, to: usize): usize {
  const end = from + bytes,
    markers = i8x16.splat(-1);
  for (; from < end; from += 16) {
    const words = v128.load(from);
    const vector = v128.shuffle<i8>(words, words, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
    let left = min<usize>(end - from, 16);
    let found = <u32>i8x16.bitmask(i8x16.eq(vector, markers)) & ((1 << (<u32>left)) - 1);
    v128.store(to, vector);
    if (found !== 0) {
      v128.store(SPLIT, vector);
      let at = SPLIT;
      while (found !== 0) {
        const whole = <usize>ctz(found) + 1;
        to += whole;
        at += whole;
        left -= whole;
        found >>= <u32>whole;
        store<u8>(to++, 0);
        v128.store(to, v128.load(at));
      }
    }
    to += left;
  }
  return to;
}
