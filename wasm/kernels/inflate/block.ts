import { bitsLeft, dropToByte, takeBits } from "./bits";
import { readCodes } from "./dynamic";
import { BAD_BLOCK_TYPE, BAD_STORED_LENGTH } from "./faults";
import { useFixedCodes } from "./fixed";
import {
  GOES_ON,
  IS_CUT,
  MOST_UNREAD,
  NEEDS_INPUT,
  PHASE_CHECKSUM,
  PHASE_STORED,
  PHASE_SYMBOLS,
  ZlibStream,
} from "./records";

const STORED: u32 = 0;
const FIXED: u32 = 1;
const DYNAMIC: u32 = 2;

/** Begins the next block, unless there was the last one. Source: RFC 1951, 3.2.3. */
export function beginBlock(stream: ZlibStream): u32 {
  if (stream.isFinal) {
    stream.phase = PHASE_CHECKSUM;
    return GOES_ON;
  }
  if (!stream.isLast && stream.end - stream.at < MOST_UNREAD) return NEEDS_INPUT;
  const status = readHeader(stream);
  // Behind the last byte are zeros, of which anything may have been made.
  return bitsLeft(stream) < 0 ? IS_CUT : status;
}

function readHeader(stream: ZlibStream): u32 {
  stream.steps++;
  stream.isFinal = takeBits(stream, 1);
  const type = takeBits(stream, 2);
  if (type === STORED) return beginStored(stream);
  if (type === FIXED) useFixedCodes(stream);
  stream.phase = PHASE_SYMBOLS;
  if (type === DYNAMIC) return readCodes(stream);
  return type === FIXED ? GOES_ON : BAD_BLOCK_TYPE;
}

/** Source: RFC 1951, 3.2.4. */
function beginStored(stream: ZlibStream): u32 {
  dropToByte(stream);
  stream.stored = takeBits(stream, 16);
  stream.phase = PHASE_STORED;
  return takeBits(stream, 16) === (stream.stored ^ 0xffff) ? GOES_ON : BAD_STORED_LENGTH;
}
