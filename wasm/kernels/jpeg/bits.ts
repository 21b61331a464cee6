import { bigEndian } from "./codes";
import { Scan } from "./records";

/** Loads bytes until there are at least 32 bits: no code with its value has more. */
export function fill(scan: Scan): void {
  if (scan.count >= 32) return;
  scan.bits |= bigEndian(scan.at) << (<u64>(32 - scan.count));
  scan.at += 4;
  scan.count += 32;
}

/** Goes past bits that have been read. */
export function drop(scan: Scan, bits: i32): void {
  scan.bits <<= <u64>bits;
  scan.count -= bits;
}
