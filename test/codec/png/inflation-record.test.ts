import { expect, test } from "vitest";
import { STREAM_FAULTS, streamFault } from "../../../src/codec/png/inflation-faults.ts";
import {
  BEYOND_INPUT,
  BEYOND_OUTPUT,
  IS_COMPLETE,
  IS_CUT,
  IS_FULL,
  MOST_UNREAD,
  NEEDS_INPUT,
  STREAM_BYTES,
  STREAM_FIELDS,
} from "../../../src/codec/png/inflation-record.ts";
import { constantsOf, fieldsOf, kernelText, wordsOf } from "../../support/kernel-fields.ts";

const TEXT = kernelText("inflate/records.ts");

test("a stream stands in the memory of the kernels as the kernels read it", () => {
  expect(STREAM_FIELDS).toEqual(wordsOf(fieldsOf(TEXT, "ZlibStream")));
  expect(STREAM_BYTES).toBe(STREAM_FIELDS.length * 4);
});

test("both sides have the same numbers for what the kernel answers and how far it looks", () => {
  const told = constantsOf(TEXT);
  const ours = { NEEDS_INPUT, IS_FULL, IS_COMPLETE, IS_CUT, MOST_UNREAD, BEYOND_INPUT, BEYOND_OUTPUT };
  expect(Object.fromEntries(Object.keys(ours).map((name) => [name, told.get(name)]))).toEqual(ours);
});

test("every fault of the kernel has its own words", () => {
  const faults = [...constantsOf(kernelText("inflate/faults.ts")).values()];
  expect(faults.length).toBeGreaterThan(10);
  expect([...STREAM_FAULTS.keys()]).toEqual(faults);
  expect(new Set(STREAM_FAULTS.values()).size).toBe(faults.length);
  expect(streamFault(31)).toMatchObject({ code: "sourceBroken", detail: "the PNG has data whose checksum is wrong" });
});
