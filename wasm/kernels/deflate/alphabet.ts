/** Symbols of literals, lengths and the end of a block, and of distances. Source: RFC 1951, 3.2.5. */
export const LITERALS: u32 = 286;
export const DISTANCES: u32 = 30;
export const END_OF_BLOCK: u32 = 256;
/** The symbol of the shortest match. */
const FIRST_LENGTH: u32 = 257;
const LAST_LENGTH: u32 = 285;
const LEAST: u32 = 3;
const MOST: u32 = 258;

/** The symbol of a match of this length. */
export function lengthSymbol(length: u32): u32 {
  if (length === MOST) return LAST_LENGTH;
  const beyond = length - LEAST;
  if (beyond < 8) return FIRST_LENGTH + beyond;
  const extra = lengthExtra(length);
  return FIRST_LENGTH + ((extra + 1) << 2) + ((beyond >> extra) & 3);
}

/** How many bits follow the symbol: the lowest ones of the length less 3. */
export function lengthExtra(length: u32): u32 {
  const beyond = length - LEAST;
  return beyond < 8 || length === MOST ? 0 : 29 - clz(beyond);
}

/** The symbol of a distance. */
export function distanceSymbol(distance: u32): u32 {
  const beyond = distance - 1;
  if (beyond < 4) return beyond;
  const extra = distanceExtra(distance);
  return ((extra + 1) << 1) + ((beyond >> extra) & 1);
}

/** How many bits follow the symbol: the lowest ones of the distance less 1. */
export function distanceExtra(distance: u32): u32 {
  const beyond = distance - 1;
  return beyond < 4 ? 0 : 30 - clz(beyond);
}

/** How many bits follow a symbol of lengths, and of distances. */
export function lengthSymbolExtra(symbol: u32): u32 {
  const step = symbol - FIRST_LENGTH;
  return step < 8 || symbol === LAST_LENGTH ? 0 : (step >> 2) - 1;
}

export function distanceSymbolExtra(symbol: u32): u32 {
  return symbol < 4 ? 0 : (symbol >> 1) - 1;
}
