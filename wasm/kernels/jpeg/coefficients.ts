import { Scan, ScanComponent } from "./records";

/** Bytes of 64 coefficients. */
export const BLOCK_BYTES: usize = 128;

/** Which block of the row of MCUs is at x, y of the unit that is next. */
export function blockIndex(scan: Scan, component: ScanComponent, x: u32, y: u32): usize {
  const line = scan.line * component.down + y;
  return <usize>(line * component.lineBlocks + scan.column * component.across + x);
}

/** Notes that a block has coefficients beside DC. */
export function notePresent(component: ScanComponent, block: usize, places: u64): void {
  const at = component.present + (block << 3);
  store<u64>(at, load<u64>(at) | places);
  const word = component.occupied + ((block >> 6) << 3);
  store<u64>(word, load<u64>(word) | ((<u64>1) << (<u64>(block & 63))));
}

/** Zeros; `bytes` is a multiple of 16. */
export function clear(at: usize, bytes: usize): void {
  for (const end = at + bytes; at < end; at += 16) v128.store(at, i64x2.splat(0));
}
