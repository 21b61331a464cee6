import { WORD } from "../../pixels/kernel-record.ts";

/** Fields of 32 bits, in their order; the same ones as in wasm/kernels/jpeg/records.ts, which says what they mean. */
export const SCAN_FIELDS = [
  ...["bits", "bitsHigh", "count", "at", "end", "raw", "rawEnd", "lastRaw"],
  ...["buffer", "limit", "written", "need", "halfMarker", "ended", "marker", "starved", "incomplete"],
  ...["interval", "left", "restart", "columns", "lines", "column", "line", "from", "to"],
  ...["first", "last", "shift", "endOfBandRun", "steps", "components", "componentCount"],
] as const;

export const COMPONENT_FIELDS = [
  ...["across", "down", "dc", "ac", "predictor", "wanted", "places", "quantisation", "side", "samples", "stride"],
  ...["coefficients", "lineBlocks", "present", "occupied"],
] as const;

export type ScanField = (typeof SCAN_FIELDS)[number];
export type ComponentField = (typeof COMPONENT_FIELDS)[number];

/** A record begins with its u64, and takes whole ones. */
export const SCAN_BYTES = Math.ceil(SCAN_FIELDS.length / 2) * 2 * WORD;
export const COMPONENT_BYTES = COMPONENT_FIELDS.length * WORD;
