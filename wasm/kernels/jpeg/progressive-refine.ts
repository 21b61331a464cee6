import { drop, fill } from "./bits";
import { ENTRY_LENGTH, ENTRY_PARTIAL, entryOf, longCodeOf, shortCodeOf } from "./codes";
import { BLOCK_BYTES, blockIndex, notePresent } from "./coefficients";
import { NEEDS_INPUT, ROW_DONE, Scan, ScanComponent } from "./records";
import { finishUnit, goOn, missingUnits, prepareUnit } from "./units";

/**
 * Decodes a row of MCUs of a scan that adds one bit to a band of coefficients, as far as its bytes go.
 *
 * The scan has one component, whose blocks are its units. Source: T.81, G.1.2.3.
 *
 * @returns ROW_DONE or NEEDS_INPUT
 */
export function refineAcRow(scan: Scan): u32 {
  const component = changetype<ScanComponent>(scan.components);
  while (scan.line < scan.lines) {
    if (!prepareUnit(scan)) return NEEDS_INPUT;
    if (scan.starved) {
      goOn(scan, missingUnits(scan));
      continue;
    }
    const index = blockIndex(scan, component, 0, 0);
    if (scan.endOfBandRun > 0) {
      const passed = emptyBlocks(scan, component, index, min(missingUnits(scan), scan.endOfBandRun));
      if (passed > 0) {
        scan.endOfBandRun -= passed;
        goOn(scan, passed);
        continue;
      }
    }
    refineBand(scan, component, index);
    finishUnit(scan);
  }
  return ROW_DONE;
}

/** How many of the next `most` blocks, from this one on, have no coefficient that a bit could be added to. */
function emptyBlocks(scan: Scan, component: ScanComponent, index: usize, most: u32): u32 {
  const band = bandOf(scan);
  let passed: u32 = 0;
  while (passed < most) {
    const at = index + passed;
    const ahead = load<u64>(component.occupied + ((at >> 6) << 3)) >> <u64>(at & 63);
    if (ahead === 0) {
      passed += 64 - <u32>(at & 63);
      continue;
    }
    passed += <u32>ctz(ahead);
    if (passed < most && (load<u64>(component.present + ((index + passed) << 3)) & band) !== 0) return passed;
    passed++;
  }
  return most;
}

/** The coefficients of the scan. */
function bandOf(scan: Scan): u64 {
  return below(<i32>scan.last + 1) & ~below(<i32>scan.first);
}

/** Coefficients of the places below `place`. */
function below(place: i32): u64 {
  return place > 63 ? ~(<u64>0) : ((<u64>1) << (<u64>place)) - 1;
}

/**
 * A coefficient that was zero so far comes behind a run of zeros; the bits for the others that are passed on the way
 * stand behind its own.
 */
function refineBand(scan: Scan, component: ScanComponent, index: usize): void {
  const block = component.coefficients + index * BLOCK_BYTES,
    band = bandOf(scan),
    was = load<u64>(component.present + (index << 3));
  let toRefine = was & band,
    zeros = ~was & band,
    found: u64 = 0;

  let place = <i32>scan.first - 1;
  while (place < <i32>scan.last && scan.endOfBandRun === 0) {
    fill(scan);
    const entry = entryOf(component.ac, scan.bits);
    let run: i32,
      value: i32 = 0;
    if (!(entry & ENTRY_PARTIAL)) {
      drop(scan, entry & ENTRY_LENGTH);
      run = ((entry >> 8) & 0xff) - 1;
      value = entry >> 16;
    } else {
      const code = shortCodeOf(entry) || longCodeOf(scan, component.ac, scan.bits);
      drop(scan, code >> 8);
      run = (code >> 4) & 15;
      if ((code & 15) !== 0) {
        value = <i64>scan.bits < 0 ? 1 : -1;
        drop(scan, 1);
      } else if (run < 15) {
        scan.endOfBandRun = (1 << run) + (run > 0 ? <u32>(scan.bits >> <u64>(64 - run)) : 0);
        drop(scan, run);
        break;
      }
    }
    for (; run > 0; run--) zeros &= zeros - 1;
    const passed = zeros !== 0 ? below(<i32>ctz(zeros)) : ~(<u64>0);
    refine(scan, component, block, toRefine & passed);
    toRefine &= ~passed;
    // Where there are not so many zeros left, that is damage, and the place is behind the band.
    place = zeros !== 0 ? <i32>ctz(zeros) : min(<i32>scan.last + 1, 63);
    zeros &= zeros - 1;
    if (value !== 0) {
      const sign = value < 0 ? -1 : 1;
      found |= (<u64>1) << (<u64>place);
      store<i16>(block + ((<usize>load<u8>(component.places + <usize>place)) << 1), <i16>(sign << scan.shift));
    }
  }
  if (scan.endOfBandRun > 0) {
    refine(scan, component, block, toRefine);
    scan.endOfBandRun--;
  }
  if (found !== 0) notePresent(component, index, found);
}

/** Adds a bit to each of these coefficients, away from zero. */
function refine(scan: Scan, component: ScanComponent, block: usize, places: u64): void {
  const bit = 1 << scan.shift;
  for (; places !== 0; places &= places - 1) {
    fill(scan);
    if (<i64>scan.bits < 0) {
      const at = block + ((<usize>load<u8>(component.places + <usize>ctz(places))) << 1);
      const value = <i32>load<i16>(at);
      // A damaged file may say it twice.
      if ((value & bit) === 0) store<i16>(at, <i16>(value < 0 ? value - bit : value + bit));
    }
    drop(scan, 1);
  }
}
