import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteRange } from "../../../src/serve/content/byte-range.ts";

/** The plain twin: the bytes of a file that a range names, one by one. Source: RFC 9110, 14.1.2. */
function bytesNamed(first: number | undefined, last: number | undefined, size: number): readonly number[] {
  const all = Array.from({ length: size }, (_, at) => at);
  if (first === undefined) return last === 0 ? [] : all.slice(-(last ?? 0));
  return all.filter((at) => at >= first && at <= (last ?? size));
}

const positions = fc.option(fc.oneof(fc.nat(40), fc.nat()), { nil: undefined });

test("a range names the bytes that its twin finds one by one, or cannot be satisfied, or is none", () => {
  fc.assert(
    fc.property(positions, positions, fc.integer({ min: 1, max: 40 }), (first, last, size) => {
      const range = byteRange(`bytes=${first ?? ""}-${last ?? ""}`, size);
      const isNone = first === undefined ? last === undefined : last !== undefined && last < first;
      const named = isNone ? [] : bytesNamed(first, last, size);
      const found = named.length === 0 ? "unsatisfiable" : { at: named[0], length: named.length };
      expect(range).toEqual(isNone ? undefined : found);
    }),
    { numRuns: 2000 },
  );
});

describe("of a file of ten bytes", () => {
  test.each([
    ["bytes=0-0", { at: 0, length: 1 }],
    ["bytes=0-9", { at: 0, length: 10 }],
    ["bytes=9-", { at: 9, length: 1 }],
    ["bytes=-1", { at: 9, length: 1 }],
    ["bytes=-10", { at: 0, length: 10 }],
    ["bytes=-11", { at: 0, length: 10 }],
    ["bytes=3-99999999999999999999999999", { at: 3, length: 7 }],
    [`bytes=-${"9".repeat(400)}`, { at: 0, length: 10 }],
    ["BYTES = 1-2 ", { at: 1, length: 2 }],
    ["bytes=10-", "unsatisfiable"],
    ["bytes=10-12", "unsatisfiable"],
    [`bytes=${"9".repeat(400)}-`, "unsatisfiable"],
    ["bytes=-0", "unsatisfiable"],
    // What is no range of bytes, or several of them, may be ignored (RFC 9110, 14.2).
    [null, undefined],
    ["", undefined],
    ["bytes", undefined],
    ["bytes=", undefined],
    ["bytes=-", undefined],
    ["bytes=5-4", undefined],
    ["bytes=0-1,3-4", undefined],
    ["bytes=0-1,", undefined],
    ["bytes=1", undefined],
    ["bytes=+1-2", undefined],
    ["bytes=1.5-2", undefined],
    ["bytes=0x1-2", undefined],
    ["bytes=1-2-3", undefined],
    ["bytes=a-b", undefined],
    ["items=0-1", undefined],
    ["0-1", undefined],
  ] as const)("%j is %j", (header, range) => {
    expect(byteRange(header, 10)).toEqual(range);
  });
});

test("of an empty file no part can be named", () => {
  for (const header of ["bytes=0-", "bytes=-1", "bytes=0-0"]) expect(byteRange(header, 0)).toBeUndefined();
});
