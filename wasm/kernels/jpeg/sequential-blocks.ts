import { BLOCK, decodeBlock, END_OF_BLOCK } from "./block";
import { BLOCK_BYTES, blockIndex, clear, notePresent } from "./coefficients";
import { COMPONENT_BYTES, NEEDS_INPUT, ROW_DONE, Scan, ScanComponent } from "./records";
import { finishUnit, goOn, missingUnits, prepareUnit } from "./units";

/**
 * Decodes the coefficients of a row of MCUs of a sequential scan that has not all components, as far as its bytes go.
 *
 * @returns ROW_DONE or NEEDS_INPUT
 */
export function decodeBlocksRow(scan: Scan): u32 {
  const end = scan.components + <usize>scan.componentCount * COMPONENT_BYTES;
  while (scan.line < scan.lines) {
    if (!prepareUnit(scan)) return NEEDS_INPUT;
    if (scan.starved) {
      goOn(scan, missingUnits(scan));
      continue;
    }
    for (let at = scan.components; at < end; at += COMPONENT_BYTES) {
      const component = changetype<ScanComponent>(at);
      for (let y: u32 = 0; y < component.down; y++) {
        for (let x: u32 = 0; x < component.across; x++) {
          keepBlock(scan, component, blockIndex(scan, component, x, y));
        }
      }
    }
    finishUnit(scan);
  }
  return ROW_DONE;
}

/** Decodes where there is room for what is not wanted, and copies from there. */
function keepBlock(scan: Scan, component: ScanComponent, index: usize): void {
  const reached = decodeBlock(scan, component, component.wanted);
  const to = component.coefficients + index * BLOCK_BYTES;
  memory.copy(to, BLOCK, BLOCK_BYTES);
  if (reached === END_OF_BLOCK) return;
  clear(BLOCK, BLOCK_BYTES);
  // All places up to the last one may be taken.
  const last = reached < END_OF_BLOCK ? 63 : min(63, reached - END_OF_BLOCK);
  notePresent(component, index, ((<u64>2) << (<u64>last)) - 2);
}
