import { LONGEST_RUN, MOST_CORRECTIONS, ProgressiveScan } from "./progressive-records";
import { TokenSink } from "./records";
import { putToken, SHORT_VALUE, turnPage } from "./tokens";
import { zigzagMask } from "./zigzag";

/**
 * Tokens of a scan of AC: those of a sequential one, of class 0 whatever the component, but that
 *
 *   n << 4      n < 15 is the end of the band in 2^n and so many blocks, with n bits of value
 *   256 + n     is n bits as they are, at most seven
 */
const RAW_BITS: u32 = 256;

/** Coefficients `first` to `last` in zigzag order, one bit each. */
export function bandOf(first: u32, last: u32): u64 {
  return (~(<u64>0) << (<u64>first)) & (~(<u64>0) >> <u64>(63 - last));
}

/** Which coefficients of a block have a bit at position `low` or above it, in zigzag order. */
export function presentAbove(block: usize, low: u32): u64 {
  return zigzagMask(
    magnitudes(block, low),
    magnitudes(block + 32, low),
    magnitudes(block + 64, low),
    magnitudes(block + 96, low),
  );
}

/** Sixteen of them, saturated to bytes. */
function magnitudes(block: usize, low: u32): v128 {
  const first = i16x8.shr_u(i16x8.abs(v128.load(block)), <i32>low);
  const second = i16x8.shr_u(i16x8.abs(v128.load(block, 16)), <i32>low);
  return i8x16.narrow_i16x8_s(first, second);
}

/** Puts bits that lie a byte each. */
export function putRawBits(at: usize, from: usize, count: u32): usize {
  while (count > 0) {
    const taken = min(count, SHORT_VALUE);
    let value: u32 = 0;
    for (let bit: u32 = 0; bit < taken; bit++) value = (value << 1) | <u32>load<u8>(from + bit);
    at = putRaw(at, value, taken);
    from += taken;
    count -= taken;
  }
  return at;
}

/** Puts at most seven bits. */
export function putRaw(at: usize, value: u32, count: u32): usize {
  return putToken(at, RAW_BITS + count, count, value);
}

/** Says that the bands of the blocks before have ended, if there are any; returns where the next token goes. */
export function putBandEnds(scan: ProgressiveScan, at: usize): usize {
  const run = scan.endOfBandRun;
  if (run === 0) return at;
  const size = 31 - clz(run);
  at = putToken(at, size << 4, size, run & ((1 << size) - 1));
  at = putRawBits(at, scan.corrections, scan.correctionCount);
  scan.endOfBandRun = 0;
  scan.correctionCount = 0;
  return at;
}

/** One block more whose band has ended. */
export function endBand(scan: ProgressiveScan, at: usize): usize {
  scan.endOfBandRun++;
  const isFull = scan.endOfBandRun === LONGEST_RUN || scan.correctionCount > MOST_CORRECTIONS;
  return isFull ? putBandEnds(scan, at) : at;
}

/** Behind the last row: what has not been said yet. A page must be there, or wait. */
export function finishBands(scan: ProgressiveScan): void {
  const tokens = changetype<TokenSink>(scan.tokens);
  if (scan.endOfBandRun === 0) return;
  if (tokens.at >= tokens.limit) turnPage(tokens);
  tokens.at = putBandEnds(scan, tokens.at);
}
