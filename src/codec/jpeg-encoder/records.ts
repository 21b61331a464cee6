import { WORD } from "../../pixels/kernel-record.ts";

/** Fields of 32 bits, in their order; the same ones as in wasm/kernels/jpeg-encode/records.ts, which says what they mean. */
export const COMPONENT_FIELDS = [
  ...["across", "down", "samples", "stride", "reciprocals", "blocksAcross", "blocksDown"],
  ...["coefficients", "lineBlocks", "present", "predictor", "dc", "ac", "tokenClass", "trellis"],
] as const;

export const SINK_FIELDS = ["bits", "bitsHigh", "count", "words", "word", "bytes", "at", "limit"] as const;

export const TOKEN_FIELDS = ["at", "limit", "page", "first", "free", "freeCount"] as const;

export const SEQUENTIAL_FIELDS = ["components", "componentCount", "columns", "column", "sink", "tokens"] as const;

export type ComponentField = (typeof COMPONENT_FIELDS)[number];
export type SinkField = (typeof SINK_FIELDS)[number];
export type TokenField = (typeof TOKEN_FIELDS)[number];
export type SequentialField = (typeof SEQUENTIAL_FIELDS)[number];

export const COMPONENT_BYTES = COMPONENT_FIELDS.length * WORD;
export const SINK_BYTES = SINK_FIELDS.length * WORD;
export const TOKEN_SINK_BYTES = TOKEN_FIELDS.length * WORD;
export const SEQUENTIAL_BYTES = SEQUENTIAL_FIELDS.length * WORD;

/** What a row coder answers. */
export const ROW_DONE = 0;
export const NEEDS_ROOM = 1;
export const NEEDS_PAGES = 2;

/** MCUs that are transformed and coded at a time, and the bytes of words that come of them at most. */
export const RUN_UNITS = 16;
export const WORD_BYTES = 20_480;

/** Bytes of a page of tokens, of its header and of what is left free at its end; wasm/kernels/jpeg-encode/tokens.ts. */
export const PAGE_BYTES = 8192;
export const PAGE_HEADER = 8;
export const PAGE_MARGIN = 640;
