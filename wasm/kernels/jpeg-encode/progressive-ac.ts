import { BLOCK_BYTES } from "./blocks";
import { ZERO_RUN } from "./codes";
import { bandOf, endBand, presentAbove, putBandEnds } from "./progressive-band";
import { PAGES_A_RUN, ProgressiveScan, RUN_BLOCKS } from "./progressive-records";
import { refineBlock } from "./progressive-refine";
import { CodedComponent, NEEDS_PAGES, ROW_DONE, TokenSink } from "./records";
import { putToken, turnPage } from "./tokens";
import { ZIGZAG } from "./zigzag";

/**
 * The tokens of a band of coefficients, in a row of MCUs of the only component: as far as there are pages.
 *
 * Blocks that the picture does not reach into are not in such a scan. Source: ITU-T T.81, A.2.2 and G.1.2.
 *
 * @returns ROW_DONE or NEEDS_PAGES
 */
export function tokenAcRow(scan: ProgressiveScan): u32 {
  const component = changetype<CodedComponent>(scan.components);
  const tokens = changetype<TokenSink>(scan.tokens);
  for (; scan.line < component.blocksDown; scan.line++, scan.column = 0) {
    const line = <usize>(scan.line * component.lineBlocks);
    while (scan.column < component.blocksAcross) {
      if (tokens.freeCount < PAGES_A_RUN) return NEEDS_PAGES;
      const end = min(scan.column + RUN_BLOCKS, component.blocksAcross);
      tokenBlocks(scan, component, line + scan.column, line + end);
      scan.column = end;
    }
  }
  scan.line = 0;
  return ROW_DONE;
}

function tokenBlocks(scan: ProgressiveScan, component: CodedComponent, from: usize, to: usize): void {
  const tokens = changetype<TokenSink>(scan.tokens);
  const band = bandOf(scan.first, scan.last);
  const refines = scan.high > 0;
  for (let index = from; index < to; index++) {
    if (tokens.at >= tokens.limit) turnPage(tokens);
    // Most blocks have nothing in most bands.
    if ((load<u64>(component.present + (index << 3)) & band) === 0) {
      tokens.at = endBand(scan, tokens.at);
      continue;
    }
    const block = component.coefficients + index * BLOCK_BYTES;
    tokens.at = refines ? refineBlock(scan, block, band, tokens.at) : firstBlock(scan, block, band, tokens.at);
  }
}

/** A band of which nothing is known yet. Source: ITU-T T.81, G.1.2.2. */
function firstBlock(scan: ProgressiveScan, block: usize, band: u64, at: usize): usize {
  const low = scan.low;
  const found = presentAbove(block, low) & band;
  if (found !== 0) at = putBandEnds(scan, at);
  let left = found >> <u64>scan.first;
  let place = <u32>scan.first - 1;
  while (left !== 0) {
    let run = <u32>ctz(left);
    left >>= <u64>run;
    left >>= 1;
    place += run + 1;
    for (; run > 15; run -= 16, at += 2) store<u16>(at, <u16>ZERO_RUN);
    const value = <i32>load<i16>(block + ((<usize>load<u8>(ZIGZAG + <usize>place)) << 1));
    const sign = value >> 31;
    // Towards zero, unlike DC.
    const magnitude = ((value ^ sign) - sign) >> <i32>low;
    const size = 32 - clz(magnitude);
    at = putToken(at, (run << 4) | size, size, (magnitude ^ sign) & ((1 << size) - 1));
  }
  return place === scan.last ? at : endBand(scan, at);
}
