import { TokenSink } from "./records";

/**
 * Symbols and their values on their way to codes that are only known when all have been counted.
 *
 * A token is a u16: nine bits say which symbol, seven are its value, and a second u16 follows with the value where that
 * has more bits. What a token means, and how many bits of a value it has, stands in the table of codes that it is written
 * with (`writeTokens`) and in one of sizes (`countTokens`): 512 of each. In a sequential scan they are:
 *
 *   class + (run << 4 | size)   a coefficient; class + 0 the end of a block, class + 0xF0 sixteen zeros
 *   class + (size << 4 | 11)    a difference of DC: no coefficient has eleven bits
 *
 * where the class is 0 for luminance and 256 for chrominance.
 */
export const SHORT_VALUE: u32 = 7;
export const TOKEN_INDEX: u32 = 511;
export const DC_MARK: u32 = 11;

/** Bytes of a page: the address of the next page, where its tokens end, and the tokens. */
export const PAGE_BYTES: usize = 8192;
export const PAGE_HEADER: usize = 8;
/** Room at the end of a page that a block may begin to fill up: a sequential one has at most 65 tokens of four bytes. */
export const PAGE_MARGIN: usize = 640;

/** Puts one; returns where the next one goes. Two bytes behind it may be written. */
export function putToken(at: usize, index: u32, size: u32, value: u32): usize {
  store<u16>(at, <u16>(index | (value << 9)));
  store<u16>(at, <u16>value, 2);
  return at + tokenBytes(size);
}

/** Bytes of a token with so many bits of a value, 0..15: two, or four from eight on. Without a branch, as sizes are chance. */
export function tokenBytes(size: u32): usize {
  return 2 + ((<usize>(size >> 3)) << 1);
}

/** Goes on with the next page that waits, where this one is as good as full. One must wait. */
export function turnPage(tokens: TokenSink): void {
  const page = tokens.free;
  tokens.free = load<usize>(page);
  tokens.freeCount--;
  store<usize>(page, 0);
  if (tokens.page !== 0) {
    endPage(tokens);
    store<usize>(tokens.page, page);
  } else {
    tokens.first = page;
  }
  tokens.page = page;
  tokens.at = page + PAGE_HEADER;
  tokens.limit = page + PAGE_BYTES - PAGE_MARGIN;
}

/** Notes where the tokens of the page end that is being filled: before they are counted. */
export function endPage(tokens: TokenSink): void {
  if (tokens.page !== 0) store<usize>(tokens.page, tokens.at, 4);
}
