import { BLOCK, decodeBlock, END_OF_BLOCK } from "./block";
import { COMPONENT_BYTES, NEEDS_INPUT, ROW_DONE, Scan, ScanComponent } from "./records";
import { transformBlock } from "./transform";
import { finishUnit, goOn, missingUnits, prepareUnit } from "./units";

/** What a block without coefficients is transformed to. */
const GRAY: u8 = 128;

/**
 * Decodes and transforms a row of MCUs of a sequential scan that has all components, as far as its bytes go.
 *
 * Columns that are not wanted are decoded and forgotten. Where data is missing, samples are 128.
 *
 * @returns ROW_DONE or NEEDS_INPUT
 */
export function decodeSequentialRow(scan: Scan): u32 {
  while (scan.line < scan.lines) {
    if (!prepareUnit(scan)) return NEEDS_INPUT;
    if (scan.starved) {
      leaveGray(scan);
    } else {
      decodeUnit(scan);
      finishUnit(scan);
    }
  }
  return ROW_DONE;
}

function decodeUnit(scan: Scan): void {
  const column = scan.column;
  const seen = column >= scan.from && column < scan.to;
  const end = scan.components + <usize>scan.componentCount * COMPONENT_BYTES;
  for (let at = scan.components; at < end; at += COMPONENT_BYTES) {
    const component = changetype<ScanComponent>(at);
    if (seen) decodeSamples(scan, component, column - scan.from);
    else skipBlocks(scan, component);
  }
}

function skipBlocks(scan: Scan, component: ScanComponent): void {
  for (let blocks = component.across * component.down; blocks > 0; blocks--) decodeBlock(scan, component, 0);
}

function decodeSamples(scan: Scan, component: ScanComponent, column: u32): void {
  const side = component.side;
  const line = <usize>side * component.stride;
  let row = component.samples + <usize>(column * component.across * side);
  for (let y: u32 = 0; y < component.down; y++, row += line) {
    for (let x: u32 = 0; x < component.across; x++) {
      const reached = decodeBlock(scan, component, component.wanted);
      const last = reached < END_OF_BLOCK ? 63 : reached - END_OF_BLOCK;
      transformBlock(component, BLOCK, last, row + <usize>(x * side));
    }
  }
}

/** Leaves what is missing up to the next restart marker gray, without a transform. */
function leaveGray(scan: Scan): void {
  const units = missingUnits(scan);
  const from = max(scan.column, scan.from),
    to = min(scan.column + units, scan.to);
  if (from < to) {
    const end = scan.components + <usize>scan.componentCount * COMPONENT_BYTES;
    for (let at = scan.components; at < end; at += COMPONENT_BYTES) {
      const component = changetype<ScanComponent>(at);
      const width = component.across * component.side;
      const rows = component.down * component.side;
      let row = component.samples + <usize>((from - scan.from) * width);
      for (let y: u32 = 0; y < rows; y++, row += component.stride) memory.fill(row, GRAY, <usize>((to - from) * width));
    }
  }
  goOn(scan, units);
}
