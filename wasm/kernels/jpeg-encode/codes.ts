/**
 * Codes to code with: one u32 a symbol, (code << size) << 6 | length, where `size` is how many bits of a value follow and
 * `length` is that of both. Only codes of 16 bits with values of up to 10, or of 15 with more, have room: those of the
 * standard do. Source: ITU-T T.81, tables K.3 to K.6.
 */
const LENGTH: u32 = 63;

/** Symbols. Source: ITU-T T.81, F.1.2.2. */
export const END_OF_BLOCK: u32 = 0;
export const ZERO_RUN: u32 = 0xf0;

/** The code of a symbol; it must be followed by a value where it has one. */
export function codeOf(codes: usize, symbol: u32): u32 {
  return load<u32>(codes + ((<usize>symbol) << 2));
}

export function codeBits(code: u32): u32 {
  return code >> 6;
}

export function codeLength(code: u32): u32 {
  return code & LENGTH;
}

/** Bits of a value. Source: ITU-T T.81, table F.1. */
export function sizeOf(value: i32, sign: i32): u32 {
  return 32 - clz((value ^ sign) - sign);
}

/** The lowest `size` bits that stand for a value; `sign` is −1 or 0. */
export function valueBits(value: i32, sign: i32, size: u32): u32 {
  return <u32>(value + sign) & ((1 << size) - 1);
}
