import { distanceExtra, distanceSymbol, END_OF_BLOCK, lengthExtra, lengthSymbol } from "./alphabet";
import { putCode } from "./bits";
import { Deflation } from "./records";
import { distanceOf, lengthOf, runOf, SEQUENCE_BYTES } from "./sequences";

/** Codes of the block, as makeCodes writes them. */
export const LITERAL_CODES: usize = memory.data(4 * 288, 16);
export const DISTANCE_CODES: usize = memory.data(4 * 32, 16);
/** By length: its code and the bits that follow, as one. */
const LENGTH_CODES: usize = memory.data(4 * 259, 16);
const LEAST: u32 = 3;
const MOST: u32 = 258;

function makeLengthCodes(): void {
  for (let length = LEAST; length <= MOST; length++) {
    const code = codeOf(LITERAL_CODES, lengthSymbol(length)),
      extra = lengthExtra(length),
      bits = (code >> 5) | (((length - LEAST) & ((1 << extra) - 1)) << (code & 31));
    store<u32>(LENGTH_CODES + ((<usize>length) << 2), (bits << 5) | ((code & 31) + extra));
  }
}

/**
 * Writes the symbols of a block whose bytes begin at `from`, and its end. Source: RFC 1951, 3.2.3.
 *
 * Four literals of at most 14 bits, or a match of at most 48, and the seven bits that may be left before them are no more
 * than 63. Up to seven bytes behind what is written are written too.
 */
export function putSymbols(stream: Deflation, from: usize, sequences: usize, behind: usize): void {
  makeLengthCodes();
  let at = from,
    to = stream.to,
    bits = <u64>stream.bits,
    count = <u64>stream.count;
  for (let sequence = sequences; sequence < behind; sequence += SEQUENCE_BYTES) {
    const stop = at + runOf(sequence),
      length = lengthOf(sequence);
    while (stop - at >= 4) {
      for (let literal = 0; literal < 4; literal++) {
        const code = codeOf(LITERAL_CODES, load<u8>(at++));
        bits |= (<u64>(code >> 5)) << count;
        count += <u64>(code & 31);
      }
      store<u64>(to, bits);
      to += <usize>(count >> 3);
      bits >>= count & 56;
      count &= 7;
    }
    for (; at < stop; at++) {
      const code = codeOf(LITERAL_CODES, load<u8>(at));
      bits |= (<u64>(code >> 5)) << count;
      count += <u64>(code & 31);
    }
    store<u64>(to, bits);
    to += <usize>(count >> 3);
    bits >>= count & 56;
    count &= 7;
    if (length === 0) continue;

    const lengthCode = load<u32>(LENGTH_CODES + ((<usize>length) << 2));
    bits |= (<u64>(lengthCode >> 5)) << count;
    count += <u64>(lengthCode & 31);
    const distance = distanceOf(sequence),
      code = codeOf(DISTANCE_CODES, distanceSymbol(distance)),
      extra = distanceExtra(distance);
    bits |= (<u64>(code >> 5)) << count;
    count += <u64>(code & 31);
    bits |= (<u64>((distance - 1) & ((1 << extra) - 1))) << count;
    count += <u64>extra;
    store<u64>(to, bits);
    to += <usize>(count >> 3);
    bits >>= count & 56;
    count &= 7;
    at += <usize>length;
  }
  stream.to = to;
  stream.bits = <u32>bits;
  stream.count = <u32>count;
  putCode(stream, codeOf(LITERAL_CODES, END_OF_BLOCK));
}

function codeOf(codes: usize, symbol: u32): u32 {
  return load<u32>(codes + ((<usize>symbol) << 2));
}
