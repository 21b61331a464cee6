import { WORD } from "../../pixels/kernel-record.ts";

/** Fields of 32 bits, in their order; the same ones as in wasm/kernels/deflate/records.ts, which says what they mean. */
export const DEFLATION_FIELDS = [
  ...["window", "at", "end", "isLast", "shift", "heads", "chains", "prices"],
  ...["sequences", "mostSequences", "mostBlock", "mostSteps", "niceLength", "goodLength"],
  ...["to", "bits", "count", "steps"],
] as const;

export type DeflationField = (typeof DEFLATION_FIELDS)[number];

export const DEFLATION_RECORD_BYTES = DEFLATION_FIELDS.length * WORD;

/** How far the kernel looks and writes beyond what there is; said in wasm/kernels/deflate/records.ts. */
export const KEPT_AHEAD = 258;
export const BEYOND_INPUT = 16;
export const BEYOND_BLOCK = 258;
export const BEYOND_SEQUENCES = 1;
export const BEYOND_OUTPUT = 64;

/** Bytes of what it keeps; said there as well. */
export const PRICE_BYTES = 320;
export const HEAD_BYTES = 65_536;
export const CHAIN_BYTES = 65_536;
