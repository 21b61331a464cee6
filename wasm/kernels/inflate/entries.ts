/**
 * An entry of a table says what the next bits begin with.
 *
 * - Bits 0 to 5: how many bits that is, with the extra ones of a length or distance.
 * - Of a literal: bits 16 to 23 the byte.
 * - Of a length or a distance: bits 8 to 11 how many bits its code has; 16 to 31 to what the extra ones are added.
 * - Of a link: bits 8 to 11 by how many more bits it goes on; 16 to 31 the place of the entries where it does.
 * - Of a length of a code: bits 16 to 31 its symbol.
 */
export const IS_LITERAL: u32 = 0x8000;
/** A link, the end of the block, or a code that there is not. */
export const IS_SPECIAL: u32 = 0x4000;
export const IS_LINK: u32 = 0x2000;
export const IS_END: u32 = 0x1000;

/** Bits that tables are looked up by, at most: of literals and lengths, of distances, of lengths of codes. */
export const LITERAL_BITS: u32 = 11;
export const DISTANCE_BITS: u32 = 9;
export const LENGTH_BITS: u32 = 7;

/** The entry of a literal, of the end of a block or of a length. Source: RFC 1951, 3.2.5. */
export function literalEntry(symbol: u32, bits: u32): u32 {
  if (symbol < 256) return IS_LITERAL | (symbol << 16) | bits;
  if (symbol === 256) return IS_SPECIAL | IS_END | bits;
  if (symbol > 285) return noEntry(bits);
  if (symbol === 285) return extendedEntry(258, 0, bits);
  const step = symbol - 257;
  const extra: u32 = step < 8 ? 0 : (step >> 2) - 1;
  const base: u32 = step < 8 ? step : (4 + (step & 3)) << extra;
  return extendedEntry(3 + base, extra, bits);
}

/** The entry of a distance. Source: RFC 1951, 3.2.5. */
export function distanceEntry(symbol: u32, bits: u32): u32 {
  if (symbol > 29) return noEntry(bits);
  const extra: u32 = symbol < 4 ? 0 : (symbol >> 1) - 1;
  const base: u32 = symbol < 4 ? symbol : (2 + (symbol & 1)) << extra;
  return extendedEntry(1 + base, extra, bits);
}

/** The entry of a code that there is not. */
export function noEntry(bits: u32): u32 {
  return IS_SPECIAL | bits;
}

function extendedEntry(base: u32, extra: u32, bits: u32): u32 {
  return (base << 16) | (bits << 8) | (bits + extra);
}

/** The entry of a length of a code. */
export function lengthEntry(symbol: u32, bits: u32): u32 {
  return (symbol << 16) | bits;
}

/** The entry that leads on from where `bits` are not enough. */
export function linkEntry(place: u32, more: u32, bits: u32): u32 {
  return IS_SPECIAL | IS_LINK | (place << 16) | (more << 8) | bits;
}

/** The value of a length or distance that `bits` begin with. */
export function extendedValue(entry: u32, bits: u64): u32 {
  return (entry >> 16) + ((<u32>bits & ((1 << (entry & 31)) - 1)) >> ((entry >> 8) & 15));
}

/** The entry that a link leads to, with `bits` that stand behind those of the link. */
export function linkedEntry(table: usize, link: u32, bits: u64): u32 {
  return entryAt(table, (link >> 16) + (<u32>bits & ((1 << ((link >> 8) & 15)) - 1)));
}

export function entryAt(table: usize, place: u32): u32 {
  return load<u32>(table + ((<usize>place) << 2));
}
