import { BLOCK_BYTES } from "./blocks";
import { sizeOf, valueBits } from "./codes";
import { putRaw } from "./progressive-band";
import { PAGES_A_RUN, ProgressiveScan, RUN_BLOCKS } from "./progressive-records";
import { COMPONENT_BYTES, CodedComponent, NEEDS_PAGES, ROW_DONE, TokenSink } from "./records";
import { DC_MARK, putToken, SHORT_VALUE, turnPage } from "./tokens";

/**
 * The tokens of DC in a row of MCUs of all components, as far as there are pages; dummies are blocks as others are.
 *
 * Those of a first scan are a sequential one's; of one that adds a bit there are seven bits a token. Source: ITU-T T.81,
 * G.1.2.1.
 *
 * @returns ROW_DONE or NEEDS_PAGES
 */
export function tokenDcRow(scan: ProgressiveScan): u32 {
  const tokens = changetype<TokenSink>(scan.tokens);
  while (scan.column < scan.columns) {
    if (tokens.freeCount < PAGES_A_RUN) return NEEDS_PAGES;
    const end = min(scan.column + RUN_BLOCKS, scan.columns);
    // So many MCUs take less than the margin of a page: 16 · 6 blocks of four bytes.
    if (tokens.at >= tokens.limit) turnPage(tokens);
    tokens.at = scan.high > 0 ? refineUnits(scan, end, tokens.at) : firstUnits(scan, end, tokens.at);
    scan.column = end;
  }
  scan.column = 0;
  return ROW_DONE;
}

function firstUnits(scan: ProgressiveScan, end: u32, at: usize): usize {
  const behind = scan.components + <usize>scan.componentCount * COMPONENT_BYTES;
  for (let unit = scan.column; unit < end; unit++) {
    for (let record = scan.components; record < behind; record += COMPONENT_BYTES) {
      const component = changetype<CodedComponent>(record);
      for (let y: u32 = 0; y < component.down; y++) {
        for (let x: u32 = 0; x < component.across; x++) {
          // Downwards, unlike AC.
          const dc = dcOf(component, unit, x, y) >> <i32>scan.low;
          const difference = dc - component.predictor;
          component.predictor = dc;
          const sign = difference >> 31;
          const size = sizeOf(difference, sign);
          const index = component.tokenClass | (size << 4) | DC_MARK;
          at = putToken(at, index, size, valueBits(difference, sign, size));
        }
      }
    }
  }
  return at;
}

function refineUnits(scan: ProgressiveScan, end: u32, at: usize): usize {
  const behind = scan.components + <usize>scan.componentCount * COMPONENT_BYTES;
  let value: u32 = 0,
    count: u32 = 0;
  for (let unit = scan.column; unit < end; unit++) {
    for (let record = scan.components; record < behind; record += COMPONENT_BYTES) {
      const component = changetype<CodedComponent>(record);
      for (let y: u32 = 0; y < component.down; y++) {
        for (let x: u32 = 0; x < component.across; x++) {
          value = (value << 1) | ((dcOf(component, unit, x, y) >> <i32>scan.low) & 1);
          count++;
          if (count === SHORT_VALUE) {
            at = putRaw(at, value, count);
            value = 0;
            count = 0;
          }
        }
      }
    }
  }
  return count > 0 ? putRaw(at, value, count) : at;
}

function dcOf(component: CodedComponent, unit: u32, x: u32, y: u32): i32 {
  const index = <usize>(y * component.lineBlocks + unit * component.across + x);
  return <i32>load<i16>(component.coefficients + index * BLOCK_BYTES);
}
