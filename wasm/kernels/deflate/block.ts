import { DISTANCES, distanceSymbolExtra, LITERALS, lengthSymbolExtra } from "./alphabet";
import { putBits } from "./bits";
import { makeCodes } from "./codes";
import { DISTANCE_LENGTHS, dynamicHeaderBits, LITERAL_LENGTHS, makeDynamicCodes, putDynamicHeader } from "./dynamic";
import { useFixedLengths } from "./fixed";
import { countSymbols, DISTANCE_FREQUENCIES, LITERAL_FREQUENCIES } from "./frequencies";
import { keepPrices } from "./prices";
import { Deflation } from "./records";
import { putStored, storedBits } from "./stored";
import { DISTANCE_CODES, LITERAL_CODES, putSymbols } from "./symbols";

const FIXED: u32 = 1;
const DYNAMIC: u32 = 2;
/** All symbols for which there are fixed codes. */
const ALL_LITERALS: u32 = 288;
const ALL_DISTANCES: u32 = 32;

/** Writes the block of the bytes from `from` to `stream.at`, in the way that takes the fewest bits. Source: RFC 1951, 3.2.3. */
export function putBlock(stream: Deflation, from: usize, behind: usize): void {
  const sequences = stream.sequences,
    isFinal: u32 = stream.isLast && stream.at === stream.end ? 1 : 0,
    count = stream.at - from;
  countSymbols(from, sequences, behind);
  useFixedLengths();
  const fixed = symbolBits();
  const told = makeDynamicCodes();
  keepPrices(stream.prices);
  const dynamic = dynamicHeaderBits() + symbolBits();
  // What is added to all of them, the type, is in that of stored ones once more for each.
  if (count > 0 && storedBits(count) < min(fixed, dynamic)) {
    putStored(stream, from, count, isFinal);
    return;
  }
  if (fixed <= dynamic) {
    putBits(stream, (FIXED << 1) | isFinal, 3);
    useFixedLengths();
  } else {
    putBits(stream, (DYNAMIC << 1) | isFinal, 3);
    putDynamicHeader(stream, told);
  }
  makeCodes(LITERAL_LENGTHS, fixed <= dynamic ? ALL_LITERALS : LITERALS, LITERAL_CODES);
  makeCodes(DISTANCE_LENGTHS, fixed <= dynamic ? ALL_DISTANCES : DISTANCES, DISTANCE_CODES);
  putSymbols(stream, from, sequences, behind);
}

/** Bits of all symbols that have been counted, in codes of these lengths. */
function symbolBits(): u32 {
  let bits: u32 = 0;
  for (let symbol: u32 = 0; symbol < LITERALS; symbol++) {
    const length: u32 = load<u8>(LITERAL_LENGTHS + <usize>symbol),
      extra: u32 = symbol > 256 ? lengthSymbolExtra(symbol) : 0;
    bits += load<u32>(LITERAL_FREQUENCIES + ((<usize>symbol) << 2)) * (length + extra);
  }
  for (let symbol: u32 = 0; symbol < DISTANCES; symbol++) {
    const length: u32 = load<u8>(DISTANCE_LENGTHS + <usize>symbol);
    bits += load<u32>(DISTANCE_FREQUENCIES + ((<usize>symbol) << 2)) * (length + distanceSymbolExtra(symbol));
  }
  return bits;
}
