import { expect, test } from "vitest";
import {
  BEYOND_BLOCK,
  BEYOND_INPUT,
  BEYOND_OUTPUT,
  BEYOND_SEQUENCES,
  CHAIN_BYTES,
  DEFLATION_FIELDS,
  DEFLATION_RECORD_BYTES,
  HEAD_BYTES,
  KEPT_AHEAD,
  PRICE_BYTES,
} from "../../../src/codec/png-encoder/deflation-record.ts";
import { constantsOf, fieldsOf, kernelText, wordsOf } from "../../support/kernel-fields.ts";

const TEXT = kernelText("deflate/records.ts");

test("a deflation stands in the memory of the kernels as the kernels read it", () => {
  expect(DEFLATION_FIELDS).toEqual(wordsOf(fieldsOf(TEXT, "Deflation")));
  expect(DEFLATION_RECORD_BYTES).toBe(DEFLATION_FIELDS.length * 4);
});

test("both sides have the same numbers for how far the kernel looks and writes, and what it keeps", () => {
  const told = constantsOf(TEXT);
  const beyond = { BEYOND_BLOCK, BEYOND_INPUT, BEYOND_OUTPUT, BEYOND_SEQUENCES, KEPT_AHEAD };
  const ours = { ...beyond, CHAIN_BYTES, HEAD_BYTES, PRICE_BYTES };
  expect(Object.fromEntries(Object.keys(ours).map((name) => [name, told.get(name)]))).toEqual(ours);
});
