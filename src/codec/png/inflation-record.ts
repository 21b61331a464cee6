import { WORD } from "../../pixels/kernel-record.ts";

/** Fields of 32 bits, in their order; the same ones as in wasm/kernels/inflate/records.ts, which says what they mean. */
export const STREAM_FIELDS = [
  ...["phase", "bits", "count", "at", "end", "isLast"],
  ...["window", "to", "limit", "adler", "isFinal", "stored"],
  ...["literals", "literalBits", "distances", "distanceBits", "tables", "fixed", "hasFixed", "steps"],
] as const;

export type StreamField = (typeof STREAM_FIELDS)[number];

export const STREAM_BYTES = STREAM_FIELDS.length * WORD;

/** What the kernel answers; everything else is a fault (inflation-faults.ts). */
export const NEEDS_INPUT = 1;
export const IS_FULL = 2;
export const IS_COMPLETE = 3;
export const IS_CUT = 4;

/** How far the kernel looks and writes beyond what there is; said in wasm/kernels/inflate/records.ts. */
export const MOST_UNREAD = 320;
export const BEYOND_INPUT = 320;
export const BEYOND_OUTPUT = 320;

/** Bytes of tables, of codes that a block brings and of the fixed ones: wasm/kernels/inflate/table.ts says why so many. */
export const TABLE_BYTES = 4 * (2048 + 336 + 512 + 352);
export const FIXED_TABLE_BYTES = 4 * (512 + 32);
