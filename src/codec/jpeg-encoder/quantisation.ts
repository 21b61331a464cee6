import type { Output } from "../../plan/output.ts";
import type { Quantisation } from "../jpeg/tables.ts";

/** Quantisers of luminance and of chrominance, at quality 50, in natural order. */
interface TableSet {
  readonly luma: readonly number[];
  readonly chroma: readonly number[];
}

/** N. Robidoux's table, MozJPEG's default (its table 3), of luminance and chrominance alike. */
// biome-ignore format: eight by eight
const ROBIDOUX = [
  16,  16,  16,  18,  25,  37,  56,  85,
  16,  17,  20,  27,  34,  40,  53,  75,
  16,  20,  24,  31,  43,  62,  91, 135,
  18,  27,  31,  40,  53,  74, 106, 156,
  25,  34,  43,  53,  69,  94, 131, 189,
  37,  40,  62,  74,  94, 124, 169, 238,
  56,  53,  91, 106, 131, 169, 226, 311,
  85,  75, 135, 156, 189, 238, 311, 418,
];

const TABLE_SETS = {
  /** Source: ITU-T T.81, tables K.1 and K.2. */
  annexK: {
    // biome-ignore format: eight by eight
    luma: [
      16,  11,  10,  16,  24,  40,  51,  61,
      12,  12,  14,  19,  26,  58,  60,  55,
      14,  13,  16,  24,  40,  57,  69,  56,
      14,  17,  22,  29,  51,  87,  80,  62,
      18,  22,  37,  56,  68, 109, 103,  77,
      24,  35,  55,  64,  81, 104, 113,  92,
      49,  64,  78,  87, 103, 121, 120, 101,
      72,  92,  95,  98, 112, 100, 103,  99,
    ],
    // biome-ignore format: eight by eight
    chroma: [
      17, 18, 24, 47, 99, 99, 99, 99,
      18, 21, 26, 66, 99, 99, 99, 99,
      24, 26, 56, 99, 99, 99, 99, 99,
      47, 66, 99, 99, 99, 99, 99, 99,
      99, 99, 99, 99, 99, 99, 99, 99,
      99, 99, 99, 99, 99, 99, 99, 99,
      99, 99, 99, 99, 99, 99, 99, 99,
      99, 99, 99, 99, 99, 99, 99, 99,
    ],
  },
  robidoux: { luma: ROBIDOUX, chroma: ROBIDOUX },
} as const satisfies Record<string, TableSet>;

/** More is no baseline file. Source: ITU-T T.81, B.2.4.1. */
const MOST = 255;

/**
 * The quantisers of an output, 1..255: those of luminance, and of chrominance where there is any.
 *
 * Source: libjpeg, jpeg_set_quality with force_baseline, in jcparam.c.
 */
export function quantisationOf({
  quality,
  gray,
  effort,
}: Pick<Output<"jpeg">, "quality" | "gray" | "effort">): readonly Quantisation[] {
  const { luma, chroma } = TABLE_SETS[effort === "small" ? "robidoux" : "annexK"];
  return (gray ? [luma] : [luma, chroma]).map((table) => scaled(table, quality));
}

function scaled(table: readonly number[], quality: number): Quantisation {
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  return Uint16Array.from(table, (quantiser) =>
    Math.min(Math.max(Math.floor((quantiser * percent + 50) / 100), 1), MOST),
  );
}

/** What coefficients are multiplied by in place of a division; wasm/kernels/jpeg-encode/quantise.ts says why not 1 / (8 q). */
export function reciprocalsOf(quantisation: Quantisation): Float32Array<ArrayBuffer> {
  return Float32Array.from(quantisation, (quantiser) => (1 + 2 ** -18) / (8 * quantiser));
}
