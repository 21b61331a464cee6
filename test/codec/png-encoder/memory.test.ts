import { describe, expect, test } from "vitest";
import { BESIDE_BYTES, pngEncoding } from "../../../src/codec/png-encoder/encoder.ts";
import { png8Encoding } from "../../../src/codec/png-encoder/png8.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import type { Output } from "../../../src/plan/output.ts";
import { GuardedKernels } from "../../support/guarded-kernels.ts";
import { noise, picture } from "../../support/pictures.ts";
import { EFFORTS, PNG_COLOURS, pngOf, pngOutput, pngPieces } from "../../support/png-encoding.ts";
import { MODULES } from "../../support/wasm-modules.ts";

const KINDS = PNG_COLOURS.flatMap((colour) => EFFORTS.map((effort) => ({ colour, effort })));
const SIZES = [
  { width: 1, height: 1 },
  { width: 1, height: 3000 },
  { width: 333, height: 100 },
  { width: 65_500, height: 3 },
];

describe.each(KINDS)("a PNG of $colour, $effort", ({ colour, effort }) => {
  const output = pngOutput({ colour, effort });

  test("takes just what was told of the kernels, all of it before the first row", () => {
    for (const size of SIZES) {
      const kernels = new Kernels(MODULES.kernels);
      const start = kernels.reserve(0);
      pngEncoding.make(kernels, size, output);
      const told = pngEncoding.memory(size, output).kernels;
      // Blocks are told as they begin; the last one ends where it ends.
      const taken = kernels.reserve(0) - start;
      expect(taken).toBe(told);
    }
  });

  test("does not grow the memory while rows come", () => {
    for (const size of SIZES) {
      const kernels = new Kernels(MODULES.kernels);
      const rows = pngEncoding.make(kernels, size, output);
      const [bytes, top] = [kernels.bytes, kernels.reserve(0)];
      for (const _ of rows.push(noise(size, 1, false).data)) expect(kernels.bytes).toBe(bytes);
      for (const _ of rows.end()) expect(kernels.bytes).toBe(bytes);
      expect(kernels.reserve(0)).toBe(top);
    }
  });

  test("writes nothing beside its blocks", () => {
    for (const width of [1, 2, 15, 16, 17, 333]) {
      const kernels = new GuardedKernels();
      pngPieces(noise({ width, height: 150 }, width, false), { colour, effort, kernels });
      expect(kernels.trespasses()).toBe(0);
    }
  });

  test("leaves nothing of itself to the next picture", () => {
    const kernels = new Kernels(MODULES.kernels);
    const raster = picture({ width: 70, height: 60 }, (x, y) => [x * 3, y * 4, x ^ y, 255]);
    const fresh = pngOf(raster, { colour, effort });
    pngOf(noise({ width: 500, height: 90 }, 2, false), { colour, effort, kernels });
    kernels.clear();
    expect(Buffer.compare(pngOf(raster, { colour, effort, kernels }), fresh)).toBe(0);
    // Behind what somebody else has reserved as well.
    expect(Buffer.compare(pngOf(raster, { colour, effort, kernels }), fresh)).toBe(0);
  });

  test("is no longer than was told, of noise, and its pieces hold no more", () => {
    for (const size of SIZES) {
      const pieces = pngPieces(noise(size, 3, false), { colour, effort, dpi: 300 });
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
      expect(length).toBeLessThanOrEqual(pngEncoding.mostBytes(size, output));
      expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(BESIDE_BYTES);
    }
  });
});

test("too many rows, parts of rows and missing rows are mistakes of the caller's", () => {
  const size = { width: 16, height: 16 };
  const made = () => pngEncoding.make(new Kernels(MODULES.kernels), size, pngOutput({ colour: "rgb" }));
  expect(() => [...made().push(new Uint8Array(16 * 4 * 17))]).toThrow(TypeError);
  expect(() => [...made().push(new Uint8Array(16 * 4 + 4))]).toThrow(TypeError);
  expect(() => [...made().end()]).toThrow(TypeError);
  const whole = made();
  for (let rows = 0; rows < 16; rows += 8) for (const _ of whole.push(new Uint8Array(16 * 4 * 8)));
  expect(() => [...whole.push(new Uint8Array(16 * 4))]).toThrow(TypeError);
  expect([...whole.end()].length).toBeGreaterThan(0);
});

test("what a PNG takes does not depend on its height", () => {
  const told = [10, 65_500].map((height) => pngEncoding.memory({ width: 800, height }, pngOutput({ colour: "rgb" })));
  expect(told[1]).toEqual(told[0]);
});

describe("a PNG of a palette", () => {
  const output: Output<"png8"> = { encoder: "png8", mime: "image/png", alpha: true, dpi: 300, effort: "fast" };

  test.each(EFFORTS)("takes no more than was told, of noise of 256 colours, %s", async (effort) => {
    for (const size of [...SIZES, { width: 700, height: 300 }]) {
      const { data } = noise(size, 4, false);
      const raster = picture(size, (x, y) => {
        const level = data[(y * size.width + x) * 4] ?? 0;
        return [level, 255 - level, level ^ 90, level];
      });
      const kernels = new Kernels(MODULES.kernels);
      const start = kernels.reserve(0);
      const told = png8Encoding.memory(size, { ...output, effort });
      const { length } = await png8Encoding.encode(raster, { ...output, effort }, kernels);
      expect(kernels.reserve(0) - start).toBeLessThanOrEqual(told.kernels);
      expect(2 * length).toBeLessThanOrEqual(told.beside);
    }
  });
});
