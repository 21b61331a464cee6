import { STANDARD_AC, STANDARD_DC } from "../jpeg/standard-codes.ts";
import type { Codes } from "../jpeg/tables.ts";
import { CHROMA_TOKENS, DC_SYMBOLS, SEQUENTIAL_TOKENS, TOKENS, tokenCodesInto } from "./code-tables.ts";
import { type Frame, slotCount } from "./frame.ts";
import { optimalCodes } from "./optimal-codes.ts";
import { huffman } from "./segments.ts";

/** The codes of luminance, or of chrominance. */
export interface SlotCodes {
  readonly dc: Codes;
  readonly ac: Codes;
}

/** Codes by slot: those of the standard. Source: ITU-T T.81, tables K.3 to K.6. */
export function standardCodes(frame: Frame): readonly SlotCodes[] {
  return Array.from({ length: slotCount(frame) }, (_, slot) => ({
    dc: known(STANDARD_DC[slot]),
    ac: known(STANDARD_AC[slot]),
  }));
}

/** Codes by slot, those with which these tokens take fewest bits. */
export function countedCodes(frame: Frame, counts: Uint32Array): readonly SlotCodes[] {
  return standardCodes(frame).map(({ dc, ac }, slot) => {
    const countsBy = (tokenOf: (symbol: number) => number) =>
      Uint32Array.from({ length: 256 }, (_, symbol) => counts[slot * CHROMA_TOKENS + tokenOf(symbol)] ?? 0);
    const differences = countsBy(SEQUENTIAL_TOKENS.dc).fill(0, DC_SYMBOLS);
    const coefficients = countsBy((symbol) => symbol);
    for (let size = 0; size < DC_SYMBOLS; size++) coefficients[SEQUENTIAL_TOKENS.dc(size)] = 0;
    return { dc: fewest(differences, dc), ac: fewest(coefficients, ac) };
  });
}

/**
 * The optimal codes, but where they take more bits than the standard ones do: of codes of any length they never do, by
 * more than the sixteen of the one that is reserved; but they were made no longer than sixteen bits. `mostBytesOf` counts on
 * it.
 */
function fewest(counts: Uint32Array, standard: Codes): Codes {
  const optimal = optimalCodes(counts);
  return bitsOf(optimal, counts) > bitsOf(standard, counts) + RESERVED_BITS ? standard : optimal;
}

export const RESERVED_BITS = 16;

/** Bits of codes, without values. */
function bitsOf({ counts: lengths, symbols }: Codes, counts: Uint32Array): number {
  let bits = 0;
  let place = 0;
  for (const [index, count] of lengths.entries()) {
    for (const end = place + count; place < end; place++) bits += (counts[symbols[place] ?? 0] ?? 0) * (index + 1);
  }
  return bits;
}

/** The segments of all codes, in libjpeg's order. */
export function codeSegments(codes: readonly SlotCodes[]): readonly number[] {
  return codes.flatMap(({ dc, ac }, slot) => [...huffman("dc", slot, dc), ...huffman("ac", slot, ac)]);
}

/** What tokens of a sequential scan are written with. */
export function tokenCodes(codes: readonly SlotCodes[], sizes: Uint8Array): Uint32Array<ArrayBuffer> {
  const table = new Uint32Array(TOKENS);
  for (const [slot, { dc, ac }] of codes.entries()) {
    const of = (tokenOf: (symbol: number) => number) => (symbol: number) => slot * CHROMA_TOKENS + tokenOf(symbol);
    tokenCodesInto(table, dc, sizes, of(SEQUENTIAL_TOKENS.dc));
    tokenCodesInto(table, ac, sizes, of(SEQUENTIAL_TOKENS.ac));
  }
  return table;
}

function known(codes: Codes | undefined): Codes {
  if (codes === undefined) throw new TypeError("no codes");
  return codes;
}
