import { adler32 } from "../checksum/adler";
import { beginBlock } from "./block";
import { checkHeader, checkSum } from "./frame";
import {
  GOES_ON,
  IS_COMPLETE,
  PHASE_BLOCK,
  PHASE_CHECKSUM,
  PHASE_HEADER,
  PHASE_STORED,
  PHASE_SYMBOLS,
  ZlibStream,
} from "./records";
import { copyStored } from "./stored";
import { decodeSymbols } from "./symbols";

/**
 * Inflates a zlib stream as far as its bytes and the room go. Source: RFC 1950, RFC 1951.
 *
 * @returns NEEDS_INPUT, IS_FULL, IS_COMPLETE or IS_CUT, or a fault
 */
export function inflate(stream: ZlibStream): u32 {
  if (stream.phase === PHASE_HEADER) {
    const status = checkHeader(stream);
    if (status !== GOES_ON) return status;
  }
  const from = stream.to;
  const status = inflateBlocks(stream);
  stream.adler = adler32(stream.adler, from, stream.to - from);
  return stream.phase === PHASE_CHECKSUM ? checkSum(stream) : status;
}

function inflateBlocks(stream: ZlibStream): u32 {
  let status = GOES_ON;
  while (status === GOES_ON) {
    switch (stream.phase) {
      case PHASE_BLOCK:
        status = beginBlock(stream);
        break;
      case PHASE_STORED:
        status = copyStored(stream);
        break;
      case PHASE_SYMBOLS:
        status = decodeSymbols(stream);
        break;
      default:
        return IS_COMPLETE;
    }
  }
  return status;
}
