/** The order of coefficients in a file, and the Huffman tables of T.81, annex K. */

/** How many codes there are of each length from 1 to 16, and what they stand for, shortest first. */
export interface HuffmanTable {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

/** Row-major place of each coefficient of the zigzag sequence. Source: ITU-T T.81, figure A.6. */
export const ZIGZAG: readonly number[] = Array.from({ length: 15 }, (_, diagonal) => {
  const places = Array.from({ length: 8 }, (_, row) => ({ row, column: diagonal - row }))
    .filter(({ column }) => column >= 0 && column < 8)
    .map(({ row, column }) => row * 8 + column);
  // Odd diagonals run down and to the left, even ones up and to the right.
  return diagonal % 2 === 1 ? places : places.reverse();
}).flat();

/** What decoders assume where a file (a frame of Motion JPEG) has no tables. Source: ITU-T T.81, tables K.3 to K.6. */
export const STANDARD_TABLES: {
  readonly dc: readonly [HuffmanTable, HuffmanTable];
  readonly ac: readonly [HuffmanTable, HuffmanTable];
} = {
  dc: [
    { counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], symbols: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
    { counts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], symbols: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
  ],
  ac: [
    {
      counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d],
      symbols: hex(`
        01 02 03 00 04 11 05 12 21 31 41 06 13 51 61 07 22 71 14 32 81 91 a1 08 23 42 b1 c1 15 52 d1 f0 24 33 62 72 82
        09 0a 16 17 18 19 1a 25 26 27 28 29 2a 34 35 36 37 38 39 3a 43 44 45 46 47 48 49 4a 53 54 55 56 57 58 59 5a 63
        64 65 66 67 68 69 6a 73 74 75 76 77 78 79 7a 83 84 85 86 87 88 89 8a 92 93 94 95 96 97 98 99 9a a2 a3 a4 a5 a6
        a7 a8 a9 aa b2 b3 b4 b5 b6 b7 b8 b9 ba c2 c3 c4 c5 c6 c7 c8 c9 ca d2 d3 d4 d5 d6 d7 d8 d9 da e1 e2 e3 e4 e5 e6
        e7 e8 e9 ea f1 f2 f3 f4 f5 f6 f7 f8 f9 fa`),
    },
    {
      counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77],
      symbols: hex(`
        00 01 02 03 11 04 05 21 31 06 12 41 51 07 61 71 13 22 32 81 08 14 42 91 a1 b1 c1 09 23 33 52 f0 15 62 72 d1 0a
        16 24 34 e1 25 f1 17 18 19 1a 26 27 28 29 2a 35 36 37 38 39 3a 43 44 45 46 47 48 49 4a 53 54 55 56 57 58 59 5a
        63 64 65 66 67 68 69 6a 73 74 75 76 77 78 79 7a 82 83 84 85 86 87 88 89 8a 92 93 94 95 96 97 98 99 9a a2 a3 a4
        a5 a6 a7 a8 a9 aa b2 b3 b4 b5 b6 b7 b8 b9 ba c2 c3 c4 c5 c6 c7 c8 c9 ca d2 d3 d4 d5 d6 d7 d8 d9 da e2 e3 e4 e5
        e6 e7 e8 e9 ea f2 f3 f4 f5 f6 f7 f8 f9 fa`),
    },
  ],
};

function hex(text: string): readonly number[] {
  return text
    .trim()
    .split(/\s+/)
    .map((byte) => Number.parseInt(byte, 16));
}

/** The codes in their order, as texts of zeros and ones, and their symbols. Source: ITU-T T.81, C.2. */
export function codesOf({ counts, symbols }: HuffmanTable): readonly (readonly [code: string, symbol: number])[] {
  const codes: [string, number][] = [];
  let code = 0;
  let place = 0;
  for (const [at, count] of counts.entries()) {
    for (let times = 0; times < count; times++) {
      if (code >= 2 ** (at + 1)) throw new Error(`more codes of ${at + 1} bits than there are`);
      codes.push([code.toString(2).padStart(at + 1, "0"), symbols[place++] ?? 0]);
      code++;
    }
    code *= 2;
  }
  return codes;
}
