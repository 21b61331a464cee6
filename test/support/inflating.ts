import { expect } from "vitest";
import { Inflation, STAGE_BYTES } from "../../src/codec/png/inflation.ts";
import type { Kernels } from "../../src/pixels/kernels.ts";

/** How a stream is inflated: sizes of pieces in which it comes, and of what is wanted at a time, which `most` bounds. */
export interface Feeding {
  readonly most?: number;
  readonly piece?: () => number;
  readonly wanted?: () => number;
}

export interface Inflated {
  readonly bytes: Uint8Array;
  readonly isCut: boolean;
  readonly steps: number;
}

/**
 * Inflates a stream in pieces.
 *
 * @throws Fault as `Inflation` does
 */
export function inflated(kernels: Kernels, compressed: Uint8Array, feeding: Feeding = {}): Inflated {
  const { most = 4096, piece = () => STAGE_BYTES, wanted = () => most } = feeding;
  const inflation = new Inflation(kernels, most);
  const parts: Uint8Array[] = [];
  let given = 0;
  if (compressed.length === 0) inflation.end();
  for (;;) {
    const count = wanted();
    const state = inflation.advance(count);
    if (state === "wanting") {
      const next = compressed.subarray(given, given + piece());
      kernels.bytesAt(inflation.stage, next.length).set(next);
      inflation.give(next.length);
      given += next.length;
      if (given === compressed.length) inflation.end();
      continue;
    }
    const taken = state === "ready" ? count : inflation.unread;
    parts.push(kernels.bytesAt(inflation.at, taken).slice());
    inflation.skip(taken);
    if (state === "ended") break;
  }
  return { bytes: Buffer.concat(parts), isCut: inflation.isCut, steps: inflation.steps };
}

/** Equal without a difference of a million bytes in the message. */
export function expectSame(got: Uint8Array, right: Uint8Array, what: string): void {
  expect(got.length, what).toBe(right.length);
  expect(Buffer.compare(got, right), what).toBe(0);
}
