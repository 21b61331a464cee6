import { flushWords } from "./bits";
import { BLOCK_BYTES, transformUnits } from "./blocks";
import { codeBlock } from "./direct";
import {
  BitSink,
  COMPONENT_BYTES,
  CodedComponent,
  NEEDS_PAGES,
  NEEDS_ROOM,
  ROW_DONE,
  RUN_UNITS,
  SequentialScan,
  TokenSink,
} from "./records";
import { tokenBlock } from "./token-block";

/** Pages at most that a run of MCUs begins: 16 · 6 blocks of 260 bytes over what a page has up to its margin. */
export const PAGES_A_RUN: u32 = 4;

/**
 * Transforms and codes a row of MCUs of a sequential scan: as much of it as there is room for the bytes, or the tokens.
 * Its components have room for the coefficients of `RUN_UNITS` MCUs.
 *
 * @returns ROW_DONE, NEEDS_ROOM or NEEDS_PAGES
 */
export function codeSequentialRow(scan: SequentialScan): u32 {
  const sink = changetype<BitSink>(scan.sink);
  const tokens = changetype<TokenSink>(scan.tokens);
  const end = scan.components + <usize>scan.componentCount * COMPONENT_BYTES;
  while (scan.column < scan.columns) {
    if (scan.tokens === 0) {
      if (sink.at >= sink.limit) return NEEDS_ROOM;
    } else if (tokens.freeCount < PAGES_A_RUN) {
      return NEEDS_PAGES;
    }
    const units = min(scan.columns - scan.column, RUN_UNITS);
    for (let at = scan.components; at < end; at += COMPONENT_BYTES) {
      transformUnits(changetype<CodedComponent>(at), scan.column, units);
    }
    for (let unit: u32 = 0; unit < units; unit++) {
      for (let at = scan.components; at < end; at += COMPONENT_BYTES)
        codeUnit(scan, changetype<CodedComponent>(at), unit);
    }
    if (scan.tokens === 0) flushWords(sink);
    scan.column += units;
  }
  scan.column = 0;
  return ROW_DONE;
}

/** The blocks of a component in an MCU. */
function codeUnit(scan: SequentialScan, component: CodedComponent, unit: u32): void {
  const across = component.across;
  for (let y: u32 = 0; y < component.down; y++) {
    let index = <usize>(y * component.lineBlocks + unit * across);
    for (let x: u32 = 0; x < across; x++, index++) {
      const block = component.coefficients + index * BLOCK_BYTES;
      const present = load<u64>(component.present + (index << 3));
      if (scan.tokens === 0) codeBlock(changetype<BitSink>(scan.sink), component, block, present);
      else tokenBlock(changetype<TokenSink>(scan.tokens), component, block, present);
    }
  }
}
