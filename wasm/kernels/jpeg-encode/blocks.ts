import { forward8 } from "./forward8";
import { quantise } from "./quantise";
import { CodedComponent } from "./records";
import { weighBlockAt } from "./trellis";

/** Bytes of a block of coefficients. */
export const BLOCK_BYTES: usize = 128;

/** Coefficients before they are quantised: those of the last block that was transformed. */
export const RAW_BLOCK: usize = memory.data(128, 16);

/**
 * Transforms and quantises MCUs `column` … `column + units` of a row: the first of them is the first of
 * `coefficients` and `present`.
 *
 * Blocks that the picture does not reach into get DC of the block before in the order of the MCU, and nothing else: they
 * cost least. Source: libjpeg, compress_data in jccoefct.c.
 */
export function transformUnits(component: CodedComponent, column: u32, units: u32): void {
  const across = component.across,
    down = component.down,
    lineBlocks = component.lineBlocks;
  const first = column * across;
  const count = units * across;
  const seen = component.blocksAcross > first ? min(component.blocksAcross - first, count) : 0;
  for (let y: u32 = 0; y < down; y++) {
    const blocks = component.coefficients + <usize>(y * lineBlocks) * BLOCK_BYTES;
    const present = component.present + ((<usize>(y * lineBlocks)) << 3);
    if (y >= component.blocksDown) {
      for (let x: u32 = 0; x < count; x++) {
        // Of the line above, the last block of the same MCU.
        const above = blocks - <usize>lineBlocks * BLOCK_BYTES;
        const last = above + <usize>(x - (x % across) + across - 1) * BLOCK_BYTES;
        leaveDummy(blocks + <usize>x * BLOCK_BYTES, last, present + ((<usize>x) << 3));
      }
      continue;
    }
    const line = component.samples + <usize>(y << 3) * component.stride + ((<usize>first) << 3);
    for (let x: u32 = 0; x < seen; x++) {
      forward8(line + ((<usize>x) << 3), component.stride, RAW_BLOCK);
      const block = blocks + <usize>x * BLOCK_BYTES;
      const which = present + ((<usize>x) << 3);
      quantise(RAW_BLOCK, component.reciprocals, block, which);
      if (component.trellis !== 0) weighBlockAt(block, RAW_BLOCK, which, component.trellis);
    }
    for (let x = seen; x < count; x++) {
      const block = blocks + <usize>x * BLOCK_BYTES;
      leaveDummy(block, block - BLOCK_BYTES, present + ((<usize>x) << 3));
    }
  }
}

function leaveDummy(block: usize, before: usize, present: usize): void {
  const dc = load<i16>(before);
  memory.fill(block, 0, BLOCK_BYTES);
  store<i16>(block, dc);
  store<u64>(present, dc !== 0 ? 1 : 0);
}
