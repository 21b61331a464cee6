import { drop, fill } from "./bits";
import { ENTRY_LENGTH, ENTRY_PARTIAL, entryOf, extended, longCodeOf, shortCodeOf } from "./codes";
import { BLOCK_BYTES, blockIndex } from "./coefficients";
import { COMPONENT_BYTES, NEEDS_INPUT, ROW_DONE, Scan, ScanComponent } from "./records";
import { finishUnit, goOn, missingUnits, prepareUnit } from "./units";

/**
 * Decodes a row of MCUs of the first scan of DC, as far as its bytes go. Source: T.81, G.1.2.1.
 *
 * @returns ROW_DONE or NEEDS_INPUT
 */
export function decodeDcRow(scan: Scan): u32 {
  return dcRow(scan, false);
}

/** The same of a scan that adds one bit to each DC. Source: T.81, G.1.2.1.1. */
export function refineDcRow(scan: Scan): u32 {
  return dcRow(scan, true);
}

function dcRow(scan: Scan, refines: bool): u32 {
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
          const dc = component.coefficients + blockIndex(scan, component, x, y) * BLOCK_BYTES;
          const value = refines
            ? <i32>load<i16>(dc) | (nextBit(scan) << scan.shift)
            : decodeDc(scan, component) << scan.shift;
          store<i16>(dc, <i16>value);
        }
      }
    }
    finishUnit(scan);
  }
  return ROW_DONE;
}

function decodeDc(scan: Scan, component: ScanComponent): i32 {
  fill(scan);
  const bits = scan.bits;
  const entry = entryOf(component.dc, bits);
  let difference = entry >> 16;
  let used = entry & ENTRY_LENGTH;
  if (entry & ENTRY_PARTIAL) {
    const code = shortCodeOf(entry) || longCodeOf(scan, component.dc, bits);
    const size = code & 15;
    used = code >> 8;
    difference = size !== 0 ? extended(bits << (<u64>used), size) : 0;
    used += size;
  }
  drop(scan, used);
  component.predictor += difference;
  return component.predictor;
}

function nextBit(scan: Scan): i32 {
  fill(scan);
  const bit = <i32>(scan.bits >> 63);
  drop(scan, 1);
  return bit;
}
