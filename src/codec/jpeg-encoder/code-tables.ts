import type { Codes } from "../jpeg/tables.ts";

/** A code of some bits. */
interface Code {
  readonly symbol: number;
  readonly code: number;
  readonly length: number;
}

/** The codes of a table, shortest first. Source: ITU-T T.81, C.2. */
export function codeList({ counts, symbols }: Codes): readonly Code[] {
  const list: Code[] = [];
  let code = 0;
  for (const [index, count] of counts.entries()) {
    for (let each = 0; each < count; each++) {
      list.push({ symbol: symbols[list.length] ?? 0, code: code++, length: index + 1 });
    }
    code *= 2;
  }
  return list;
}

/** Entries by symbol: wasm/kernels/jpeg-encode/codes.ts says what they are, and which codes have room in them. */
export function directTable(codes: Codes): Uint32Array<ArrayBuffer> {
  const table = new Uint32Array(256);
  for (const { symbol, code, length } of codeList(codes)) {
    const size = symbol & 15;
    table[symbol] = code * 2 ** (size + 6) + length + size;
  }
  return table;
}

/** How many tokens there are, and at which of them the codes of chrominance begin. */
export const TOKENS = 512;
export const CHROMA_TOKENS = 256;

/** How many symbols of DC there are: the sizes of a difference, 0 to 11. */
export const DC_SYMBOLS = 12;

/** What each token of a scan stands for; wasm/kernels/jpeg-encode/tokens.ts has the meaning of those that are sequential. */
export const SEQUENTIAL_TOKENS = {
  ac: (symbol: number) => symbol,
  dc: (symbol: number) => (symbol << 4) | 11,
} as const;

/** Bits of the value of each token of a sequential scan. */
export function sequentialSizes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: TOKENS }, (_, token) => {
    const size = token & 15;
    return size === 11 ? (token >> 4) & 15 : size;
  });
}

/**
 * Enters codes into a table that tokens are written with: code << 16 | size of the value << 8 | length of the code.
 *
 * @param table   512 entries
 * @param sizes   bits of the value of each token
 * @param tokenOf the token of a symbol
 */
export function tokenCodesInto(
  table: Uint32Array,
  codes: Codes,
  sizes: Uint8Array,
  tokenOf: (symbol: number) => number,
): void {
  for (const { symbol, code, length } of codeList(codes)) {
    const token = tokenOf(symbol);
    table[token] = ((code << 16) | ((sizes[token] ?? 0) << 8) | length) >>> 0;
  }
}
