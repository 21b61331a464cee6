import { keepBits } from "./bits";
import { copyMatch } from "./copy";
import { entryAt, extendedValue, IS_END, IS_LINK, IS_LITERAL, IS_SPECIAL, linkedEntry } from "./entries";
import { BAD_DISTANCE, BAD_LITERAL, DISTANCE_TOO_FAR } from "./faults";
import { decodeLastSymbols } from "./last-symbols";
import { GOES_ON, IS_FULL, NEEDS_INPUT, PHASE_BLOCK, ZlibStream } from "./records";

/** Bytes that are loaded and may be used up between two looks at how many are left. */
const AHEAD: usize = 8;

/**
 * Decodes the symbols of a block, as far as there are bytes and room. Source: RFC 1951, 3.2.3.
 *
 * `bits` is filled up to 56 or more with what an unaligned load brings: `count` is the number of them in its lowest six
 * bits alone, and what of a byte does not fit is loaded again. What comes next is looked up before a match is copied:
 * it does not wait for the bytes.
 */
export function decodeSymbols(stream: ZlibStream): u32 {
  const literals = stream.literals,
    distances = stream.distances,
    window = stream.window,
    limit = stream.limit,
    stop = stream.end - AHEAD;
  const literalMask: u64 = (1 << stream.literalBits) - 1,
    distanceMask: u64 = (1 << stream.distanceBits) - 1;
  let bits = <u64>stream.bits,
    count = stream.count,
    at = stream.at,
    to = stream.to,
    status = GOES_ON;

  bits |= load<u64>(at) << (<u64>count);
  at += <usize>(((63 - count) >> 3) & 7);
  count |= 56;
  let entry = entryAt(literals, <u32>(bits & literalMask));
  while (to < limit && at <= stop) {
    if (entry & IS_LITERAL) {
      // Four literals take at most 44 bits of 56, and a look wants 11.
      const last = to + 4;
      do {
        store<u8>(to++, <u8>(entry >> 16));
        bits >>= <u64>entry;
        count -= entry;
        entry = entryAt(literals, <u32>(bits & literalMask));
      } while (entry & IS_LITERAL && to < last);
      bits |= load<u64>(at) << (<u64>count);
      at += <usize>(((63 - count) >> 3) & 7);
      count |= 56;
      if (entry & IS_LITERAL) continue;
    }
    if (entry & IS_SPECIAL) {
      if (entry & IS_LINK) {
        bits >>= <u64>entry;
        count -= entry;
        entry = linkedEntry(literals, entry, bits);
        if (entry & IS_LITERAL) {
          store<u8>(to++, <u8>(entry >> 16));
          bits >>= <u64>entry;
          count -= entry;
          bits |= load<u64>(at) << (<u64>count);
          at += <usize>(((63 - count) >> 3) & 7);
          count |= 56;
          entry = entryAt(literals, <u32>(bits & literalMask));
          continue;
        }
      }
      if (entry & IS_SPECIAL) {
        if (!(entry & IS_END)) status = BAD_LITERAL;
        else {
          bits >>= <u64>entry;
          count -= entry;
          stream.phase = PHASE_BLOCK;
        }
        break;
      }
    }
    const length = <usize>extendedValue(entry, bits);
    bits >>= <u64>entry;
    count -= entry;

    entry = entryAt(distances, <u32>(bits & distanceMask));
    if (entry & IS_SPECIAL) {
      if (entry & IS_LINK) {
        bits >>= <u64>entry;
        count -= entry;
        entry = linkedEntry(distances, entry, bits);
      }
      if (entry & IS_SPECIAL) {
        status = BAD_DISTANCE;
        break;
      }
    }
    const distance = <usize>extendedValue(entry, bits);
    bits >>= <u64>entry;
    count -= entry;
    if (distance > to - window) {
      status = DISTANCE_TOO_FAR;
      break;
    }

    bits |= load<u64>(at) << (<u64>count);
    at += <usize>(((63 - count) >> 3) & 7);
    count |= 56;
    entry = entryAt(literals, <u32>(bits & literalMask));
    copyMatch(to, distance, length);
    to += length;
  }

  keepBits(stream, bits, count & 63, at);
  stream.to = to;
  if (status !== GOES_ON || stream.phase === PHASE_BLOCK) return status;
  if (to >= limit) return IS_FULL;
  return stream.isLast ? decodeLastSymbols(stream) : NEEDS_INPUT;
}
