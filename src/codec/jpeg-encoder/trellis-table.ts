import { STANDARD_AC } from "../jpeg/standard-codes.ts";
import type { Quantisation } from "../jpeg/tables.ts";
import { codeList } from "./code-tables.ts";

/** Where what lies in a table; wasm/kernels/jpeg-encode/trellis.ts says what it is. */
const [FLOOR, RECIPROCALS, RATES] = [4, 16, 272];
export const TRELLIS_BYTES = 528;

const COEFFICIENTS = 63;
/** Coefficients are 8 times what they are, and so are errors in quantisers: squares are 64 times as large. */
const SCALE = 64;
/** More than any symbol with a value takes. */
const NO_CODE = 255;

/**
 * How many bits an error of one quantiser is worth, against how much goes on in the block: MozJPEG's own numbers, but that
 * errors are worth twice as much. Source: MozJPEG, jcparam.c: lambda_log_scale1 = 14.75, lambda_log_scale2 = 16.5.
 */
const LOG_WEIGHT = 14.75 + 1;
const LOG_FLOOR = 16.5;

/** What blocks of a component are weighed by, as the kernels take it. @param slot of luminance, or of chrominance */
export function trellisTable(quantisation: Quantisation, slot: 0 | 1, logWeight = LOG_WEIGHT): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(TRELLIS_BYTES).fill(NO_CODE, RATES);
  const view = new DataView(table.buffer);
  view.setFloat32(0, SCALE * COEFFICIENTS * 2 ** logWeight, true);
  view.setFloat32(FLOOR, COEFFICIENTS * 2 ** LOG_FLOOR, true);
  for (const [place, quantiser] of quantisation.entries()) {
    view.setFloat32(RECIPROCALS + place * 4, 1 / (8 * quantiser), true);
  }
  const codes = STANDARD_AC[slot];
  if (codes === undefined) throw new TypeError("no codes");
  for (const { symbol, length } of codeList(codes)) table[RATES + symbol] = length + (symbol & 15);
  return table;
}
