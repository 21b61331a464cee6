import { flushWords } from "./bits";
import { BitSink } from "./records";
import { PAGE_HEADER, SHORT_VALUE, TOKEN_INDEX, tokenBytes } from "./tokens";

/** Counts of the second page, 512 u32: to count the same twice in a row would wait for the first. */
const OTHERS: usize = memory.data(2048, 16);

/**
 * Counts how often each of 512 tokens stands in two pages, on top of what is counted already.
 *
 * Where a token begins is known when the one before has been looked up: of two pages one goes on while the other waits.
 *
 * @param second another page, or 0
 * @param sizes  byte address of 512 u8: bits of a value
 * @param counts byte address of 512 u32
 */
export function countTokens(first: usize, second: usize, sizes: usize, counts: usize): void {
  memory.fill(OTHERS, 0, 2048);
  let at = first + PAGE_HEADER,
    other = second + PAGE_HEADER;
  const end = load<usize>(first, 4),
    otherEnd = second !== 0 ? load<usize>(second, 4) : 0;
  while (at < end && other < otherEnd) {
    at = countToken(at, sizes, counts);
    other = countToken(other, sizes, OTHERS);
  }
  while (at < end) at = countToken(at, sizes, counts);
  while (other < otherEnd) other = countToken(other, sizes, OTHERS);
  for (let index: usize = 0; index < 2048; index += 16) {
    v128.store(counts + index, i32x4.add(v128.load(counts + index), v128.load(OTHERS + index)));
  }
}

/** Returns where the next token begins. */
function countToken(at: usize, sizes: usize, counts: usize): usize {
  const token = <usize>(<u32>load<u16>(at) & TOKEN_INDEX);
  store<u32>(counts + (token << 2), load<u32>(counts + (token << 2)) + 1);
  return at + tokenBytes(load<u8>(sizes + token));
}

/**
 * Writes the tokens of a page with their codes.
 *
 * The words of a page are at most 12 KB: two bytes hold a code of 16 bits and a value of seven.
 *
 * @param codes byte address of 512 u32: code << 16 | size of the value << 8 | length of the code
 */
export function writeTokens(sink: BitSink, page: usize, codes: usize): void {
  let bits = sink.bits,
    count = sink.count,
    word = sink.word;
  const end = load<usize>(page, 4);
  for (let at = page + PAGE_HEADER; at < end; ) {
    const token = <u32>load<u16>(at);
    const code = load<u32>(codes + ((<usize>(token & TOKEN_INDEX)) << 2));
    const size = (code >> 8) & 31;
    let value = token >> 9;
    at += 2;
    if (size > SHORT_VALUE) {
      value = <u32>load<u16>(at);
      at += 2;
    }
    const length = (code & 255) + size;
    bits = (bits << (<u64>length)) | <u64>(((code >> 16) << size) | value);
    count += length;
    store<u32>(word, <u32>(bits >> <u64>(count - 32)));
    word += <usize>((count >> 5) << 2);
    count &= 31;
  }
  sink.bits = bits;
  sink.count = count;
  sink.word = word;
  flushWords(sink);
}
