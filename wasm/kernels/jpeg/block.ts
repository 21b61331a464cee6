import { bigEndian, ENTRY_LENGTH, ENTRY_PARTIAL, entryOf, extended, leapOf, longCodeOf, shortCodeOf } from "./codes";
import { Scan, ScanComponent } from "./records";

/**
 * The block in the making: 64 coefficients in natural order, and one more place for those that are not wanted. Between
 * calls all of it is zero, but for DC and that place: whoever uses up a block leaves zeros.
 */
export const BLOCK: usize = memory.data(144, 16);

/** What is added to the place of the last coefficient at the end of a block: more than damage adds up to. */
export const END_OF_BLOCK: i32 = 128;
/** The end of a block, and none, among the leaps. */
const LEAP_END: i32 = 2048;

/**
 * Decodes a block of a sequential scan: the DC coefficient and those up to `wanted` into `BLOCK`; the others are read
 * and forgotten.
 *
 * Reads at most 248 bytes and loads 8 more. Source: T.81, F.2.2.
 *
 * @returns 128 + the place of the last coefficient, in zigzag order, where the block ended before `wanted`
 */
export function decodeBlock(scan: Scan, component: ScanComponent, wanted: i32): i32 {
  let bits = scan.bits,
    count = scan.count,
    at = scan.at;

  if (count < 32) {
    bits |= bigEndian(at) << (<u64>(32 - count));
    at += 4;
    count += 32;
  }
  let entry = entryOf(component.dc, bits);
  let difference = entry >> 16;
  let used = entry & ENTRY_LENGTH;
  if (entry & ENTRY_PARTIAL) {
    const code = shortCodeOf(entry) || longCodeOf(scan, component.dc, bits);
    const size = code & 15;
    used = code >> 8;
    difference = size !== 0 ? extended(bits << (<u64>used), size) : 0;
    used += size;
  }
  bits <<= <u64>used;
  count -= used;
  const dc = component.predictor + difference;
  component.predictor = dc;
  store<i16>(BLOCK, <i16>dc);

  const table = component.ac,
    places = component.places;
  let k: i32 = 0;
  while (k < wanted) {
    if (count < 32) {
      bits |= bigEndian(at) << (<u64>(32 - count));
      at += 4;
      count += 32;
    }
    entry = entryOf(table, bits);
    if (!(entry & ENTRY_PARTIAL)) {
      used = entry & ENTRY_LENGTH;
      bits <<= <u64>used;
      count -= used;
      // The end of the block goes past every place that is wanted, to where nobody looks.
      k += (entry >> 8) & 0xff;
      store<i16>(BLOCK + ((<usize>load<u8>(places + <usize>k)) << 1), <i16>(entry >> 16));
      continue;
    }
    const code = shortCodeOf(entry) || longCodeOf(scan, table, bits);
    used = code >> 8;
    bits <<= <u64>used;
    count -= used;
    const size = code & 15;
    k += advanceOf(code & 0xff);
    if (size !== 0) {
      store<i16>(BLOCK + ((<usize>load<u8>(places + <usize>k)) << 1), <i16>extended(bits, size));
      bits <<= <u64>size;
      count -= size;
    }
  }
  const reached = k;

  while (k < 63) {
    if (count < 32) {
      bits |= bigEndian(at) << (<u64>(32 - count));
      at += 4;
      count += 32;
    }
    // Several coefficients at a time, where that does not lead beyond the block.
    const leap = leapOf(table, bits);
    const to = k + (leap >> 4);
    if (to < 63) {
      used = leap & 15;
      bits <<= <u64>used;
      count -= used;
      k = to;
      continue;
    }
    if (to >= LEAP_END ? to < LEAP_END + 63 : to === 63) {
      used = leap & 15;
      bits <<= <u64>used;
      count -= used;
      break;
    }
    entry = entryOf(table, bits);
    used = entry & ENTRY_LENGTH;
    if (entry & ENTRY_PARTIAL) {
      const code = shortCodeOf(entry) || longCodeOf(scan, table, bits);
      used = (code >> 8) + (code & 15);
      k += advanceOf(code & 0xff);
    } else {
      k += (entry >> 8) & 0xff;
    }
    bits <<= <u64>used;
    count -= used;
  }

  scan.bits = bits;
  scan.count = count;
  scan.at = at;
  return reached;
}

/** How far a symbol of a sequential scan advances: over a run of zeros to its coefficient, or past the block. */
function advanceOf(symbol: i32): i32 {
  if ((symbol & 15) !== 0) return (symbol >> 4) + 1;
  return symbol === 0xf0 ? 16 : END_OF_BLOCK;
}
