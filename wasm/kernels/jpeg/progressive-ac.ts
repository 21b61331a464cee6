import { bigEndian, ENTRY_LENGTH, ENTRY_PARTIAL, entryOf, extended, longCodeOf, shortCodeOf } from "./codes";
import { BLOCK_BYTES, blockIndex, notePresent } from "./coefficients";
import { NEEDS_INPUT, ROW_DONE, Scan, ScanComponent } from "./records";
import { finishUnit, goOn, missingUnits, prepareUnit } from "./units";

/**
 * Decodes a row of MCUs of the first scan of a band of coefficients, as far as its bytes go.
 *
 * The scan has one component, whose blocks are its units. Source: T.81, G.1.2.2.
 *
 * @returns ROW_DONE or NEEDS_INPUT
 */
export function decodeAcRow(scan: Scan): u32 {
  const component = changetype<ScanComponent>(scan.components);
  while (scan.line < scan.lines) {
    if (!prepareUnit(scan)) return NEEDS_INPUT;
    if (scan.starved) {
      goOn(scan, missingUnits(scan));
    } else if (scan.endOfBandRun > 0) {
      const passed = min(scan.endOfBandRun, missingUnits(scan));
      scan.endOfBandRun -= passed;
      goOn(scan, passed);
    } else {
      decodeBand(scan, component, blockIndex(scan, component, 0, 0));
      finishUnit(scan);
    }
  }
  return ROW_DONE;
}

function decodeBand(scan: Scan, component: ScanComponent, index: usize): void {
  let bits = scan.bits,
    count = scan.count,
    at = scan.at;
  const table = component.ac,
    places = component.places,
    block = component.coefficients + index * BLOCK_BYTES,
    last = <i32>scan.last,
    shift = <i32>scan.shift;
  let found: u64 = 0;
  let k = <i32>scan.first - 1;
  while (k < last) {
    if (count < 32) {
      bits |= bigEndian(at) << (<u64>(32 - count));
      at += 4;
      count += 32;
    }
    const entry = entryOf(table, bits);
    let value = entry >> 16;
    if (!(entry & ENTRY_PARTIAL)) {
      const used = entry & ENTRY_LENGTH;
      bits <<= <u64>used;
      count -= used;
      k += (entry >> 8) & 0xff;
    } else {
      const code = shortCodeOf(entry) || longCodeOf(scan, table, bits);
      const used = code >> 8,
        run = (code >> 4) & 15,
        size = code & 15;
      bits <<= <u64>used;
      count -= used;
      if (size === 0 && run < 15) {
        // The end of this block's band, and of 2^run − 1 and so many blocks more.
        const more = run > 0 ? <u32>(bits >> <u64>(64 - run)) : 0;
        scan.endOfBandRun = (1 << run) - 1 + more;
        bits <<= <u64>run;
        count -= run;
        break;
      }
      k += run + 1;
      value = 0;
      if (size !== 0) {
        value = extended(bits, size);
        bits <<= <u64>size;
        count -= size;
      }
    }
    if (value !== 0) {
      // A run out of the block is damage, and counts as one to its end. Source: libjpeg, jpeg_natural_order in jutils.c.
      const place = min(k, 63);
      found |= (<u64>1) << (<u64>place);
      store<i16>(block + ((<usize>load<u8>(places + <usize>place)) << 1), <i16>(value << shift));
    }
  }
  if (found !== 0) notePresent(component, index, found);
  scan.bits = bits;
  scan.count = count;
  scan.at = at;
}
