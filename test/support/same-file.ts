import { expect } from "vitest";

/** Fails where two files are not the same, saying where they part: of long ones no difference is printed. */
export function expectSameFile(got: Uint8Array, wanted: Uint8Array, what = ""): void {
  const at = wanted.findIndex((byte, index) => got[index] !== byte);
  expect({ length: got.length, parts: at }, what).toEqual({ length: wanted.length, parts: -1 });
}
