import { BLOCK_BYTES, clear } from "./coefficients";
import { ScanComponent } from "./records";
import { inverse1, inverse2, inverse4, inverse8, inverse8low, inverseFlat } from "./samples";

/** Places up to this one, in zigzag order, lie among the 4 × 4 lowest frequencies. */
const LOW: i32 = 9;

/**
 * Transforms a block to the samples at `to`, and leaves zeros where coefficients may have been, but for DC.
 *
 * @param last no coefficient behind this place, in zigzag order, is other than zero
 */
export function transformBlock(component: ScanComponent, block: usize, last: i32, to: usize): void {
  const quantisation = component.quantisation,
    stride = component.stride,
    side = component.side;
  if (side === 1) {
    inverse1(block, quantisation, to);
  } else if (last === 0) {
    inverseFlat(block, quantisation, to, stride, side);
  } else if (side === 8) {
    if (last <= LOW) {
      inverse8low(block, quantisation, to, stride);
      clear(block, 64);
    } else {
      inverse8(block, quantisation, to, stride);
      clear(block, BLOCK_BYTES);
    }
  } else if (side === 4) {
    inverse4(block, quantisation, to, stride);
    clear(block, 64);
  } else {
    inverse2(block, quantisation, to, stride);
    clear(block, 32);
  }
}

/**
 * Transforms the coefficients of a row of MCUs, blocks `from` … `to` of each line, and zeroes all of them for the
 * next row.
 */
export function transformRow(component: ScanComponent, from: u32, to: u32): void {
  const side = component.side,
    lineBlocks = component.lineBlocks;
  let index: usize = 0;
  for (let y: u32 = 0; y < component.down; y++) {
    const row = component.samples + <usize>(y * side) * component.stride;
    for (let x: u32 = 0; x < lineBlocks; x++, index++) {
      const block = component.coefficients + index * BLOCK_BYTES;
      const present = load<u64>(component.present + (index << 3));
      if (x >= from && x < to) {
        const last = present !== 0 ? 63 - <i32>clz(present) : 0;
        transformBlock(component, block, last, row + <usize>((x - from) * side));
      }
      // What is not wanted at this size has been left as it was.
      if (present !== 0) clear(block, BLOCK_BYTES);
      else store<u16>(block, 0);
    }
  }
  memory.fill(component.present, 0, index << 3);
  memory.fill(component.occupied, 0, ((index + 63) >> 6) << 3);
}
