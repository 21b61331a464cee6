import { ZERO_RUN } from "./codes";
import { endBand, presentAbove, putBandEnds, putRawBits } from "./progressive-band";
import { ProgressiveScan } from "./progressive-records";
import { putToken } from "./tokens";
import { ZIGZAG } from "./zigzag";

/**
 * One bit more of a band. Source: ITU-T T.81, G.1.2.3, figure G.7; libjpeg's jcphuff.c, encode_mcu_AC_refine.
 *
 * A coefficient that comes anew is a symbol with its sign. The bits of those that are known already stand behind the
 * next symbol, and behind the end of the band where there is none.
 */
export function refineBlock(scan: ProgressiveScan, block: usize, band: u64, at: usize): usize {
  const low = scan.low;
  const known = presentAbove(block, low + 1) & band;
  const present = presentAbove(block, low) & band;
  const fresh = present & ~known;
  const lastFresh: u32 = fresh !== 0 ? 63 - <u32>clz(fresh) : 0;
  // They are gathered behind those of the bands that have ended, and are theirs if nothing comes between.
  let corrections = scan.corrections + scan.correctionCount;
  let count: u32 = 0;
  let left = present >> <u64>scan.first;
  let place = <u32>scan.first - 1;
  let run: u32 = 0;
  while (left !== 0) {
    const zeros = <u32>ctz(left);
    left >>= <u64>zeros;
    left >>= 1;
    place += zeros + 1;
    run += zeros;
    // A run behind the last new coefficient belongs to the end of the band.
    for (; run > 15 && place <= lastFresh; run -= 16) {
      at = putBandEnds(scan, at);
      at = putToken(at, ZERO_RUN, 0, 0);
      at = putRawBits(at, corrections, count);
      corrections = scan.corrections;
      count = 0;
    }
    const value = <i32>load<i16>(block + ((<usize>load<u8>(ZIGZAG + <usize>place)) << 1));
    const magnitude = abs(value) >> <i32>low;
    if (magnitude > 1) {
      store<u8>(corrections + count, <u8>(magnitude & 1));
      count++;
      continue;
    }
    at = putBandEnds(scan, at);
    at = putToken(at, (run << 4) | 1, 1, value < 0 ? 0 : 1);
    at = putRawBits(at, corrections, count);
    corrections = scan.corrections;
    count = 0;
    run = 0;
  }
  if (place === scan.last && run === 0 && count === 0) return at;
  scan.correctionCount += count;
  return endBand(scan, at);
}
