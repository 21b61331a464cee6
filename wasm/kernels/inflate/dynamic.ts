import { keepBits, takeBits } from "./bits";
import { entryAt } from "./entries";
import {
  BAD_CODE_LENGTHS,
  BAD_DISTANCE_CODES,
  BAD_LITERAL_CODES,
  BAD_REPEAT,
  NO_END_OF_BLOCK,
  TOO_MANY_CODES,
} from "./faults";
import { GOES_ON, ZlibStream } from "./records";
import { DISTANCES, LENGTHS, LITERAL_ROOM, LITERALS, makeTable } from "./table";

/** Reading codes and making tables of them takes two microseconds or more; a step is some two hundred nanoseconds. */
const CODES_STEPS: u32 = 10;
const MOST_LITERALS: u32 = 286;
const MOST_DISTANCES: u32 = 30;
const END_OF_BLOCK: usize = 256;

/** In which order the lengths of the codes come in which lengths are coded. */
const ORDER: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
const CODE_LENGTHS: usize = memory.data(320, 16);
const LENGTH_TABLE: usize = memory.data(4 << 7, 16);

/** Reads the codes of a block, and makes tables of them. Source: RFC 1951, 3.2.7. */
export function readCodes(stream: ZlibStream): u32 {
  stream.steps += CODES_STEPS - 1;
  const literals = takeBits(stream, 5) + 257;
  const distances = takeBits(stream, 5) + 1;
  const lengths = takeBits(stream, 4) + 4;
  if (literals > MOST_LITERALS || distances > MOST_DISTANCES) return TOO_MANY_CODES;

  const lengthBits = readLengthCodes(stream, lengths);
  if (lengthBits === 0) return BAD_CODE_LENGTHS;
  if (!readLengths(stream, literals + distances, lengthBits)) return BAD_REPEAT;
  if (load<u8>(CODE_LENGTHS + END_OF_BLOCK) === 0) return NO_END_OF_BLOCK;

  stream.literals = stream.tables;
  stream.distances = stream.tables + LITERAL_ROOM;
  stream.literalBits = makeTable(stream.literals, LITERALS, CODE_LENGTHS, literals);
  if (stream.literalBits === 0) return BAD_LITERAL_CODES;
  stream.distanceBits = makeTable(stream.distances, DISTANCES, CODE_LENGTHS + <usize>literals, distances);
  if (stream.distanceBits === 0) return BAD_DISTANCE_CODES;
  return GOES_ON;
}

/** @returns how many bits `LENGTH_TABLE` is looked up by; 0 where there is no such code */
function readLengthCodes(stream: ZlibStream, count: u32): u32 {
  memory.fill(CODE_LENGTHS, 0, 19);
  for (let at: u32 = 0; at < count; at++)
    store<u8>(CODE_LENGTHS + <usize>load<u8>(ORDER + <usize>at), <u8>takeBits(stream, 3));
  return makeTable(LENGTH_TABLE, LENGTHS, CODE_LENGTHS, 19);
}

/** @returns false where a repetition repeats nothing, or goes beyond the last code */
function readLengths(stream: ZlibStream, wanted: u32, lengthBits: u32): bool {
  const mask: u64 = (1 << lengthBits) - 1;
  let bits = <u64>stream.bits,
    count = stream.count,
    at = stream.at,
    read: u32 = 0,
    isRight = true;
  while (read < wanted) {
    // At least 56 bits are there, of 14 that a length takes.
    bits |= load<u64>(at) << (<u64>count);
    at += <usize>((63 - count) >> 3);
    count |= 56;
    const entry = entryAt(LENGTH_TABLE, <u32>(bits & mask));
    bits >>= <u64>(entry & 63);
    count -= entry & 63;
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(CODE_LENGTHS + <usize>read, <u8>symbol);
      read++;
      continue;
    }
    const extra: u32 = symbol === 16 ? 2 : symbol === 17 ? 3 : 7;
    const times = (symbol === 18 ? 11 : 3) + (<u32>bits & ((1 << extra) - 1));
    bits >>= <u64>extra;
    count -= extra;
    if (read + times > wanted || (symbol === 16 && read === 0)) {
      isRight = false;
      break;
    }
    const repeated: u8 = symbol === 16 ? load<u8>(CODE_LENGTHS + <usize>(read - 1)) : 0;
    memory.fill(CODE_LENGTHS + <usize>read, repeated, <usize>times);
    read += times;
  }
  keepBits(stream, bits, count, at);
  return isRight;
}
