import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DEFLATION_BYTES, Deflation, mostDeflatedBytes } from "../../../src/codec/png-encoder/deflation.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import { inflatedPlainly } from "../../oracle/inflate.ts";
import { deflated, EFFORTS } from "../../support/deflating.ts";
import { guardedKernels } from "../../support/guarded.ts";
import { expectSame, inflated } from "../../support/inflating.ts";
import { randomBytes, randomNumbers } from "../../support/random.ts";
import { MODULES } from "../../support/wasm-modules.ts";
import { CONTENTS } from "../../support/zlib-streams.ts";

const { kernels, trespasses } = guardedKernels();

describe.each(EFFORTS)("a %s stream", (effort) => {
  /** Deflates, and holds what comes against three readers, the bound and the canaries. */
  function checked(bytes: Uint8Array, what: string): Buffer {
    kernels.clear();
    const { stream, pieces } = deflated(kernels, bytes, { effort });
    expect(trespasses(), what).toBe(0);
    expect(
      pieces.every((piece) => piece.length > 0 && piece.byteOffset === 0),
      what,
    ).toBe(true);
    expect(stream.length, what).toBeLessThanOrEqual(mostDeflatedBytes(bytes.length));
    expectSame(inflateSync(stream), bytes, what);
    expectSame(inflatedPlainly(stream).bytes, bytes, what);
    kernels.clear();
    expectSame(inflated(kernels, stream).bytes, bytes, what);
    return stream;
  }

  test("of any content is inflated to it by three readers, and is the same however the bytes come", () => {
    for (let seed = 1; seed <= 120; seed++) {
      const next = randomNumbers(seed);
      const [kind, make] = [...CONTENTS][seed % CONTENTS.size] ?? [];
      if (kind === undefined || make === undefined) throw new Error("no content");
      const bytes = make(Math.floor(400_000 ** next()), next);
      const what = `seed ${seed}: ${bytes.length} bytes of ${kind}`;
      const stream = checked(bytes, what);
      const largest = 200_000 ** next();
      kernels.clear();
      const again = deflated(kernels, bytes, { effort, piece: () => Math.floor(next() * largest) + 1 });
      expectSame(again.stream, stream, what);
      expect(trespasses(), what).toBe(0);
    }
  });

  test("of equal bytes, of every small length and of those around a match, a stored part, a block and the window", () => {
    const around = [0, 258, 2 * 258, 32_768, 65_535, 98_304, 98_304 + 258, 131_072 + 258, 2 * 98_304 + 258];
    for (const middle of around) {
      for (let length = Math.max(0, middle - 6); length <= middle + 6; length++) {
        checked(new Uint8Array(length).fill(7), `${length} equal bytes`);
        checked(randomBytes(length, length), `${length} bytes of noise`);
      }
    }
  });

  test("is the same byte by byte, where blocks end and where the window slides", () => {
    const bytes = Buffer.concat([randomBytes(40_000, 1), new Uint8Array(200_000), randomBytes(100_000, 2)]);
    const stream = checked(bytes, "whole");
    kernels.clear();
    expectSame(deflated(kernels, bytes, { effort, piece: () => 1 }).stream, stream, "byte by byte");
  });

  test("is the same beside another one, and after nothing was pushed", () => {
    const contents = [randomBytes(150_000, 3).map((byte) => byte & 15), new Uint8Array(300_000).fill(9)];
    const alone = contents.map((bytes) => checked(bytes, "alone"));
    kernels.clear();
    const sides = contents.map((bytes) => ({
      bytes,
      at: kernels.place(bytes),
      deflation: new Deflation(kernels, effort),
      pieces: [] as Uint8Array[],
    }));
    for (let from = 0; from < 300_000; from += 1000) {
      for (const { bytes, at, deflation, pieces } of sides) {
        pieces.push(...deflation.push(at, 0));
        if (from < bytes.length) pieces.push(...deflation.push(at + from, 1000));
      }
    }
    for (const [index, { deflation, pieces }] of sides.entries()) {
      pieces.push(...deflation.end());
      expectSame(Buffer.concat(pieces), alone[index] ?? Buffer.of(), `side ${index}`);
    }
  });

  test("takes the memory that is told, and no more later on", () => {
    const own = new Kernels(MODULES.kernels);
    const from = own.reserve(0);
    const deflation = new Deflation(own, effort);
    expect(own.reserve(0) - from).toBe(DEFLATION_BYTES);
    const at = own.place(randomBytes(1_000_000, 4));
    const top = own.reserve(0);
    for (const piece of deflation.push(at, 1_000_000)) expect(piece.length).toBeGreaterThan(0);
    for (const piece of deflation.end()) expect(piece.length).toBeGreaterThan(0);
    expect(own.reserve(0)).toBe(top);
  });

  test("has pieces that stay what they are when the next ones are made", () => {
    kernels.clear();
    const at = kernels.place(randomBytes(500_000, 5));
    const deflation = new Deflation(kernels, effort);
    const pieces = [...deflation.push(at, 500_000)];
    const copies = pieces.map((piece) => piece.slice());
    expect(pieces.length).toBeGreaterThan(2);
    expect([...deflation.end()].length).toBeGreaterThan(0);
    expect(pieces).toEqual(copies);
  });
});
