import { describe, expect, test } from "vitest";
import {
  COMPONENT_BYTES,
  COMPONENT_FIELDS,
  NEEDS_PAGES,
  NEEDS_ROOM,
  PAGE_BYTES,
  PAGE_HEADER,
  PAGE_MARGIN,
  ROW_DONE,
  RUN_UNITS,
  SEQUENTIAL_BYTES,
  SEQUENTIAL_FIELDS,
  SINK_BYTES,
  SINK_FIELDS,
  TOKEN_FIELDS,
  TOKEN_SINK_BYTES,
  WORD_BYTES,
} from "../../../src/codec/jpeg-encoder/records.ts";
import { constantsOf, fieldsOf, kernelText, wordsOf } from "../../support/kernel-fields.ts";

const TEXT = kernelText("jpeg-encode/records.ts");
const words = (name: string) => wordsOf(fieldsOf(TEXT, name));

describe("records stand in the memory of the kernels as the kernels read them", () => {
  test.each([
    ["CodedComponent", COMPONENT_FIELDS, COMPONENT_BYTES],
    ["BitSink", SINK_FIELDS, SINK_BYTES],
    ["TokenSink", TOKEN_FIELDS, TOKEN_SINK_BYTES],
    ["SequentialScan", SEQUENTIAL_FIELDS, SEQUENTIAL_BYTES],
  ] as const)("%s", (name, fields, bytes) => {
    expect(words(name)).toEqual(fields);
    expect(bytes).toBe(fields.length * 4);
    // A u64 stands at a multiple of eight bytes.
    for (const { name: field, type } of fieldsOf(TEXT, name)) {
      if (type === "u64") expect(words(name).indexOf(field) % 2).toBe(0);
    }
  });

  test("numbers that both sides say are the same", () => {
    const said = new Map([...constantsOf(TEXT), ...constantsOf(kernelText("jpeg-encode/tokens.ts"))]);
    const ours = { COMPONENT_BYTES, ROW_DONE, NEEDS_ROOM, NEEDS_PAGES, RUN_UNITS, WORD_BYTES };
    const pages = { PAGE_BYTES, PAGE_HEADER, PAGE_MARGIN };
    for (const [name, value] of Object.entries({ ...ours, ...pages })) expect(said.get(name), name).toBe(value);
  });
});
