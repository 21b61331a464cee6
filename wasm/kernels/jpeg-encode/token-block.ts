import { END_OF_BLOCK, sizeOf, valueBits, ZERO_RUN } from "./codes";
import { CodedComponent, TokenSink } from "./records";
import { DC_MARK, putToken, turnPage } from "./tokens";
import { ZIGZAG } from "./zigzag";

/** The tokens of a block of a sequential scan; what `codeBlock` codes. At most 260 bytes. */
export function tokenBlock(tokens: TokenSink, component: CodedComponent, block: usize, present: u64): void {
  // Before there is a page, both are 0.
  if (tokens.at >= tokens.limit) turnPage(tokens);
  const tokenClass = component.tokenClass;
  const dc = <i32>load<i16>(block);
  const difference = dc - component.predictor;
  component.predictor = dc;
  let sign = difference >> 31;
  let size = sizeOf(difference, sign);
  let at = putToken(tokens.at, tokenClass | (size << 4) | DC_MARK, size, valueBits(difference, sign, size));
  let left = present >> 1;
  const ends = left >> 62 === 0;
  let place = ZIGZAG;
  while (left !== 0) {
    let run = <u32>ctz(left);
    left >>= <u64>run;
    left >>= 1;
    place += <usize>run + 1;
    for (; run > 15; run -= 16, at += 2) store<u16>(at, <u16>(tokenClass | ZERO_RUN));
    const value = <i32>load<i16>(block + ((<usize>load<u8>(place)) << 1));
    sign = value >> 31;
    size = sizeOf(value, sign);
    at = putToken(at, tokenClass | (run << 4) | size, size, valueBits(value, sign, size));
  }
  if (ends) {
    store<u16>(at, <u16>(tokenClass | END_OF_BLOCK));
    at += 2;
  }
  tokens.at = at;
}
