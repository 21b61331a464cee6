import { ZlibStream } from "./records";
import { DISTANCES, LITERALS, makeTable } from "./table";

const LENGTHS_OF_FIXED: usize = memory.data(288, 16);
/** The longest of the fixed codes have nine bits. */
const FIXED_LITERALS: usize = 4 << 9;

/** The codes of the block are the fixed ones. Source: RFC 1951, 3.2.6. */
export function useFixedCodes(stream: ZlibStream): void {
  stream.literals = stream.fixed;
  stream.distances = stream.fixed + FIXED_LITERALS;
  stream.literalBits = 9;
  stream.distanceBits = 5;
  if (stream.hasFixed) return;
  stream.hasFixed = 1;
  memory.fill(LENGTHS_OF_FIXED, 8, 144);
  memory.fill(LENGTHS_OF_FIXED + 144, 9, 112);
  memory.fill(LENGTHS_OF_FIXED + 256, 7, 24);
  memory.fill(LENGTHS_OF_FIXED + 280, 8, 8);
  makeTable(stream.literals, LITERALS, LENGTHS_OF_FIXED, 288);
  memory.fill(LENGTHS_OF_FIXED, 5, 32);
  makeTable(stream.distances, DISTANCES, LENGTHS_OF_FIXED, 32);
}
