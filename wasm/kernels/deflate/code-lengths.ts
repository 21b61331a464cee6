/** Symbols that lengths of codes are told by. Source: RFC 1951, 3.2.7. */
export const LENGTH_SYMBOLS: u32 = 19;
const REPEAT: u32 = 16;
const FEW_ZEROS: u32 = 17;
const MANY_ZEROS: u32 = 18;

/**
 * Tells lengths of codes with runs of the same ones together, and counts the symbols.
 *
 * @param to          words of extra << 5 | symbol, at most one a length
 * @param frequencies words, by symbol
 * @returns behind the last word
 */
export function tellLengths(lengths: usize, count: u32, to: usize, frequencies: usize): usize {
  const end = lengths + <usize>count;
  memory.fill(frequencies, 0, LENGTH_SYMBOLS << 2);
  let at = lengths;
  while (at < end) {
    const length: u32 = load<u8>(at);
    let run: u32 = 1;
    while (at + <usize>run < end && <u32>load<u8>(at + <usize>run) === length) run++;
    at += <usize>run;
    if (length > 0) {
      to = put(to, frequencies, length, 0);
      run--;
    }
    const most: u32 = length === 0 ? 138 : 6;
    while (run >= 3) {
      const told = min(run, most);
      if (length > 0) to = put(to, frequencies, REPEAT, told - 3);
      else if (told <= 10) to = put(to, frequencies, FEW_ZEROS, told - 3);
      else to = put(to, frequencies, MANY_ZEROS, told - 11);
      run -= told;
    }
    for (; run > 0; run--) to = put(to, frequencies, length, 0);
  }
  return to;
}

function put(to: usize, frequencies: usize, symbol: u32, extra: u32): usize {
  const frequency = frequencies + ((<usize>symbol) << 2);
  store<u32>(frequency, load<u32>(frequency) + 1);
  store<u32>(to, (extra << 5) | symbol);
  return to + 4;
}

/** How many bits follow a symbol. */
export function lengthsExtra(symbol: u32): u32 {
  return symbol < REPEAT ? 0 : symbol === REPEAT ? 2 : symbol === FEW_ZEROS ? 3 : 7;
}
