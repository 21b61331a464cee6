import { appendBytes } from "./append";
import { Scan } from "./records";
import { endsScan, restart } from "./restart";

/** Sees to it that the next unit may be decoded, or is known to be missing; false where raw bytes must come first. */
export function prepareUnit(scan: Scan): bool {
  scan.steps++;
  if (scan.interval !== 0 && scan.left === 0 && !restart(scan)) return false;
  if (scan.ended | scan.starved || scan.end - scan.at >= scan.need) return true;
  appendBytes(scan);
  return scan.ended !== 0 || scan.end - scan.at >= scan.need;
}

/** Goes on behind a unit, and finds out whether there were bits enough for it. */
export function finishUnit(scan: Scan): void {
  // Zeros were loaded behind the last byte, and more of them than are left: some were read.
  if (scan.ended && scan.at > scan.end && (<i32>(scan.at - scan.end)) << 3 > scan.count) {
    scan.starved = 1;
    scan.incomplete = 1;
  }
  goOn(scan, 1);
}

/** How many units of this line are missing when one is: up to the next restart marker. */
export function missingUnits(scan: Scan): u32 {
  const rest = scan.columns - scan.column;
  return scan.interval === 0 || isOver(scan) ? rest : min(rest, scan.left);
}

/** Whether no restart marker can come any more, however many are due. */
function isOver(scan: Scan): bool {
  return scan.starved !== 0 && scan.ended !== 0 && endsScan(scan.marker);
}

/** Goes past `units` of this line. */
export function goOn(scan: Scan, units: u32): void {
  scan.left -= units;
  scan.column += units;
  if (scan.column < scan.columns) return;
  scan.column = 0;
  scan.line++;
}
