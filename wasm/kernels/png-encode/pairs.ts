/** Bits of all pairs of bytes, in bytes. */
const SEEN_BYTES: usize = 8192;

/**
 * How many different pairs of bytes follow one another in a row: the fewer there are, the better it is compressed.
 *
 * @param from byte address of `bytes` bytes, any alignment
 * @param seen byte address of 8192 bytes, which mean nothing before and after
 */
export function countPairs(from: usize, bytes: u32, seen: usize): u32 {
  memory.fill(seen, 0, SEEN_BYTES);
  let count: u32 = 0;
  const end = from + bytes;
  let pair = bytes > 0 ? <u32>load<u8>(from) : 0;
  for (from++; from < end; from++) {
    pair = ((pair & 0xff) << 8) | <u32>load<u8>(from);
    const word = seen + ((<usize>(pair >> 5)) << 2);
    const bits = load<u32>(word);
    // No branch: whether a pair is new cannot be foretold.
    count += ~(bits >> (pair & 31)) & 1;
    store<u32>(word, bits | ((<u32>1) << (pair & 31)));
  }
  return count;
}
