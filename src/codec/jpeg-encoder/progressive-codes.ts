import type { Codes } from "../jpeg/tables.ts";
import { CHROMA_TOKENS, codeList, DC_SYMBOLS, SEQUENTIAL_TOKENS, TOKENS, tokenCodesInto } from "./code-tables.ts";
import type { Frame } from "./frame.ts";
import { optimalCodes } from "./optimal-codes.ts";
import type { ScanBand } from "./scan-scripts.ts";
import { huffman, scanHeader } from "./segments.ts";

/** Where tokens of AC begin that are bits as they are. */
const RAW_TOKENS = 256;
const MOST_RAW_BITS = 7;
/** Symbols of AC: a run and a size. The end of a band has a size of 0, and a run in place of one. */
const LONGEST_BAND_RUN = 15;

/** Bits of the value of each token of a scan; wasm/kernels/jpeg-encode/progressive-band.ts says what they are. */
export function progressiveSizes({ first, high }: ScanBand): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: TOKENS }, (_, token) => {
    if (first === 0 && high === 0) return (token >> 4) & 15;
    if (token >= RAW_TOKENS) return token - RAW_TOKENS <= MOST_RAW_BITS ? token - RAW_TOKENS : 0;
    const [run, size] = [token >> 4, token & 15];
    return size === 0 && run < LONGEST_BAND_RUN ? run : size;
  });
}

interface ScanCodes {
  /** What stands in front of the scan, its own header with it. */
  readonly head: readonly number[];
  /** What its tokens are written with. */
  readonly codes: Uint32Array<ArrayBuffer>;
}

/** The codes of a scan, those with which these tokens take fewest bits, and its header. Source: T.81, B.2.3, B.2.4.2. */
export function progressiveCodes(
  { components }: Frame,
  band: ScanBand,
  counts: Uint32Array,
  sizes: Uint8Array,
): ScanCodes {
  const { first, last, high, low } = band;
  const scanned = band.of === undefined ? components : components.slice(band.of, band.of + 1);
  const isDc = first === 0;
  const codes = new Uint32Array(TOKENS);
  for (let bits = 1; bits <= MOST_RAW_BITS; bits++) codes[RAW_TOKENS + bits] = bits << 8;
  const tables: (readonly number[])[] = [];
  const enter = (kind: "dc" | "ac", slot: number, symbols: number, tokenOf: (symbol: number) => number) => {
    const table = boundedCodes(Uint32Array.from({ length: symbols }, (_, symbol) => counts[tokenOf(symbol)] ?? 0));
    tokenCodesInto(codes, table, sizes, tokenOf);
    tables.push(huffman(kind, slot, table));
  };
  if (!isDc) enter("ac", scanned[0]?.slot ?? 0, RAW_TOKENS, SEQUENTIAL_TOKENS.ac);
  else if (high === 0)
    for (const slot of new Set(scanned.map((component) => component.slot)))
      enter("dc", slot, DC_SYMBOLS, (symbol) => slot * CHROMA_TOKENS + SEQUENTIAL_TOKENS.dc(symbol));
  const parts = scanned.map((component) => ({
    component,
    // A scan names no table that it does not use. Source: libjpeg, emit_sos in jcmarker.c.
    dc: isDc && high === 0 ? component.slot : 0,
    ac: isDc ? 0 : component.slot,
  }));
  return { head: [...tables.flat(), ...scanHeader({ parts, first, last, high, low })], codes };
}

/** With so many bits every symbol has a code that is not all ones. */
export const FLAT_BITS = 9;

/**
 * The optimal codes, but where they take more bits than nine for every symbol and for the one that is reserved: of codes
 * of any length they never do; but they were made no longer than sixteen bits. `progressiveMostBytes` counts on it.
 *
 * @param counts of symbols, of which a scan has at most 176
 */
export function boundedCodes(counts: Uint32Array, make: (counts: Uint32Array) => Codes = optimalCodes): Codes {
  const optimal = make(counts);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const bits = codeList(optimal).reduce((sum, { symbol, length }) => sum + length * (counts[symbol] ?? 0), 0);
  if (bits <= FLAT_BITS * (total + 1)) return optimal;
  const symbols = Uint8Array.from(optimal.symbols).sort();
  return {
    counts: Uint8Array.from({ length: 16 }, (_, index) => (index === FLAT_BITS - 1 ? symbols.length : 0)),
    symbols,
  };
}
