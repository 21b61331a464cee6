const MOST_BITS: u32 = 15;
/** By length: the next code that has it. */
const NEXT: usize = memory.data(4 * 16, 16);

/**
 * Writes the canonical codes of these lengths, words of code << 5 | length with the first bit lowest; 0 where there is none.
 *
 * Source: RFC 1951, 3.2.2.
 *
 * @param lengths bytes, at most 15
 */
export function makeCodes(lengths: usize, symbols: u32, codes: usize): void {
  memory.fill(NEXT, 0, 4 * 16);
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const count = NEXT + ((<usize>load<u8>(lengths + <usize>symbol)) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  let code: u32 = 0;
  store<u32>(NEXT, 0);
  for (let length: u32 = 1; length <= MOST_BITS; length++) {
    const place = NEXT + ((<usize>length) << 2);
    const count = load<u32>(place);
    store<u32>(place, code);
    code = (code + count) << 1;
  }
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length: u32 = load<u8>(lengths + <usize>symbol),
      to = codes + ((<usize>symbol) << 2);
    if (length === 0) {
      store<u32>(to, 0);
      continue;
    }
    const place = NEXT + ((<usize>length) << 2),
      next = load<u32>(place);
    store<u32>(place, next + 1);
    store<u32>(to, (turned(next, length) << 5) | length);
  }
}

/** The bits of a code in the other order. */
function turned(code: u32, length: u32): u32 {
  let bits = code << (32 - length);
  bits = ((bits >> 1) & 0x55555555) | ((bits & 0x55555555) << 1);
  bits = ((bits >> 2) & 0x33333333) | ((bits & 0x33333333) << 2);
  bits = ((bits >> 4) & 0x0f0f0f0f) | ((bits & 0x0f0f0f0f) << 4);
  return bswap<u32>(bits);
}
