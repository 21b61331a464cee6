import { describe, expect, test } from "vitest";
import { COMPONENT_BYTES, COMPONENT_FIELDS, SCAN_BYTES, SCAN_FIELDS } from "../../../src/codec/jpeg/records.ts";
import { KernelRecord } from "../../../src/pixels/kernel-record.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import { fieldsOf, kernelText, wordsOf } from "../../support/kernel-fields.ts";
import { MODULES } from "../../support/wasm-modules.ts";

const TEXT = kernelText("jpeg/records.ts");
const fields = (name: string) => fieldsOf(TEXT, name);
const words = (name: string) => wordsOf(fields(name));

describe("records stand in the memory of the kernels as the kernels read them", () => {
  test("a scan", () => expect(SCAN_FIELDS).toEqual(words("Scan")));
  test("a component", () => expect(COMPONENT_FIELDS).toEqual(words("ScanComponent")));

  test("no u64 is parted by padding: each stands at a multiple of eight bytes", () => {
    for (const name of ["Scan", "ScanComponent"]) {
      for (const { name: field } of fields(name).filter(({ type }) => type === "u64")) {
        expect(words(name).indexOf(field) % 2, `${name}.${field}`).toBe(0);
      }
    }
  });

  test("they take the bytes that both sides say", () => {
    expect(SCAN_BYTES).toBeGreaterThanOrEqual(SCAN_FIELDS.length * 4);
    expect(SCAN_BYTES % 8).toBe(0);
    expect(COMPONENT_BYTES).toBe(COMPONENT_FIELDS.length * 4);
    const [, fields, bytes] = /COMPONENT_BYTES: usize = (\d+) \* (\d+);/.exec(TEXT) ?? [];
    expect(Number(fields) * Number(bytes)).toBe(COMPONENT_BYTES);
  });
});

describe("a record", () => {
  test("keeps each field for itself, and touches nothing beside it", () => {
    const kernels = new Kernels(MODULES.kernels);
    const around = kernels.reserve(SCAN_BYTES + 64);
    kernels.bytesAt(around, SCAN_BYTES + 64).fill(0x5e);
    const record = new KernelRecord(kernels, around + 32, SCAN_FIELDS);
    record.set(Object.fromEntries(SCAN_FIELDS.map((field, at) => [field, 1000 + at])));
    expect(SCAN_FIELDS.map((field) => record.get(field))).toEqual(SCAN_FIELDS.map((_, at) => 1000 + at));
    const words = new Uint32Array(kernels.bytesAt(around + 32, SCAN_FIELDS.length * 4).slice().buffer);
    expect([...words]).toEqual(SCAN_FIELDS.map((_, at) => 1000 + at));
    expect(kernels.bytesAt(around, 32).every((byte) => byte === 0x5e)).toBe(true);
    expect(kernels.bytesAt(around + 32 + SCAN_FIELDS.length * 4, 16).every((byte) => byte === 0x5e)).toBe(true);
  });

  test("is still there when the memory has grown", () => {
    const kernels = new Kernels(MODULES.kernels);
    const record = new KernelRecord(kernels, kernels.reserve(COMPONENT_BYTES), COMPONENT_FIELDS);
    record.set({ stride: 77 });
    kernels.reserve(1_000_000);
    expect(record.get("stride")).toBe(77);
    record.set({ stride: 2 ** 32 - 1 });
    expect(record.get("stride")).toBe(2 ** 32 - 1);
  });
});
