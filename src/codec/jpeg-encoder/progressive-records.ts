import { WORD } from "../../pixels/kernel-record.ts";

/** Fields of 32 bits, in their order; the same ones as in wasm/kernels/jpeg-encode/progressive-records.ts. */
export const PROGRESSIVE_FIELDS = [
  ...["components", "componentCount", "tokens", "first", "last", "high", "low", "columns", "column", "line"],
  ...["endOfBandRun", "corrections", "correctionCount"],
] as const;

export type ProgressiveField = (typeof PROGRESSIVE_FIELDS)[number];

export const PROGRESSIVE_BYTES = PROGRESSIVE_FIELDS.length * WORD;

/** Room for bits that refine. */
export const CORRECTION_BYTES = 1000;

/** Pages that must wait when a run of blocks is begun. */
export const PAGES_A_RUN = 2;
