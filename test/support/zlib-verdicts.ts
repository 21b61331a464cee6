import { inflateSync } from "node:zlib";
import { expect } from "vitest";
import { type Bits, DYNAMIC, dynamicHeader, FINAL } from "./deflate-writer.ts";
import { guardedKernels } from "./guarded.ts";
import { inflated } from "./inflating.ts";

/** Refused, and not only cut off. */
const THEIR_WORD = expect.stringMatching(/^Z_(DATA_ERROR|NEED_DICT)$/);

const { kernels, trespasses } = guardedKernels();

function inflatedGuarded(compressed: Uint8Array, piece: number): Uint8Array {
  kernels.clear();
  const { bytes, isCut } = inflated(kernels, compressed, { piece: () => piece });
  expect(isCut).toBe(false);
  return bytes;
}

/** A stream is refused for what it is, however its bytes come, and by zlib too. */
export function expectRefused(compressed: Uint8Array, detail: string): void {
  expect(() => inflateSync(compressed)).toThrow(expect.objectContaining({ code: THEIR_WORD }));
  for (const piece of [65_536, 1, 7]) {
    expect(() => inflatedGuarded(compressed, piece)).toThrow(
      expect.objectContaining({ code: "sourceBroken", detail: `the PNG has ${detail}` }),
    );
    expect(trespasses()).toBe(0);
  }
}

/** A stream is inflated, as zlib does. */
export function expectTaken(compressed: Uint8Array, content: ArrayLike<number>): void {
  expect([...inflateSync(compressed)]).toEqual([...Uint8Array.from(content)]);
  for (const piece of [65_536, 1, 7]) {
    expect([...inflatedGuarded(compressed, piece)]).toEqual([...Uint8Array.from(content)]);
    expect(trespasses()).toBe(0);
  }
}

/** A dynamic block of these codes, and what comes in them. */
export function dynamic(literals: readonly number[], distances: readonly number[], symbols: Bits = ""): Bits {
  return FINAL + DYNAMIC + dynamicHeader([...literals, ...distances], literals.length, distances.length) + symbols;
}
