import { dropToByte } from "./bits";
import { BAD_CHECKSUM, BAD_HEADER_CHECK, BAD_METHOD, BAD_WINDOW, WANTS_DICTIONARY } from "./faults";
import { GOES_ON, IS_COMPLETE, IS_CUT, NEEDS_INPUT, PHASE_BLOCK, PHASE_COMPLETE, ZlibStream } from "./records";

const DEFLATE: u32 = 8;
/** The window that CINFO tells is 2 ^ (8 + CINFO) bytes, and none has more than 32 KB. */
const MOST_INFO: u32 = 7;
const HAS_DICTIONARY: u32 = 0x20;

/**
 * Reads what a stream begins with. A smaller window than the largest is not held to: zlib does not either.
 *
 * Source: RFC 1950, 2.2.
 */
export function checkHeader(stream: ZlibStream): u32 {
  if (stream.end - stream.at < 2) return lacking(stream);
  const method: u32 = load<u8>(stream.at),
    flags: u32 = load<u8>(stream.at, 1);
  if (((method << 8) | flags) % 31 !== 0) return BAD_HEADER_CHECK;
  if ((method & 15) !== DEFLATE) return BAD_METHOD;
  if (method >> 4 > MOST_INFO) return BAD_WINDOW;
  if (flags & HAS_DICTIONARY) return WANTS_DICTIONARY;
  stream.at += 2;
  stream.phase = PHASE_BLOCK;
  return GOES_ON;
}

/** Compares the checksum that a stream ends with. Source: RFC 1950, 2.2. */
export function checkSum(stream: ZlibStream): u32 {
  dropToByte(stream);
  if (stream.end - stream.at < 4) return lacking(stream);
  if (bswap<u32>(load<u32>(stream.at)) !== stream.adler) return BAD_CHECKSUM;
  stream.at += 4;
  stream.phase = PHASE_COMPLETE;
  return IS_COMPLETE;
}

function lacking(stream: ZlibStream): u32 {
  return stream.isLast ? IS_CUT : NEEDS_INPUT;
}
