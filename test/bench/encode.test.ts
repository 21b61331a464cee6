import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { barsOf } from "../../bench/encode.ts";
import { ENCODE_CASES, type EncodeCase } from "../../bench/encode-cases.ts";
import type { EncodeMeasured } from "../../bench/encode-measure.ts";
import { timedEncoding } from "../../bench/in-worker/encode-pixels.ts";
import { ourEncoding } from "../../bench/ours-encoding.ts";
import { repeatsOf } from "../../bench/repeats.ts";
import { rasterOf } from "../../bench/step-rasters.ts";
import { MODULES } from "../support/wasm-modules.ts";

/** More rows than an encoder gets at once, and no multiple of them. */
const SIZE = { width: 40, height: 150 };
const RGB = Uint8Array.from({ length: SIZE.width * SIZE.height * 3 }, (_, at) => (at * 7) % 251);

describe("what is encoded", () => {
  const encode = ourEncoding(MODULES);

  test.each(ENCODE_CASES)("$name, $picture: is a file of the size of its pixels, as long as is told", async (one) => {
    const { bytes, pieces } = await timedEncoding(encode, rasterOf(SIZE, RGB), { output: one.output, times: 2 });
    const file = Buffer.concat(pieces);
    expect(file).toHaveLength(bytes);
    const { width, height, format } = await sharp(file).metadata();
    expect({ width, height, mime: `image/${format}` }).toEqual({ ...SIZE, mime: one.output.mime });
  });

  test("a PNG has the pixels that were given", async () => {
    const png = ENCODE_CASES.filter(({ output }) => output.mime === "image/png");
    expect(png).not.toHaveLength(0);
    for (const { output } of png) {
      const pieces = await encode(rasterOf(SIZE, RGB), output);
      const decoded = await sharp(Buffer.concat(pieces)).removeAlpha().raw().toBuffer();
      expect(new Uint8Array(decoded)).toEqual(RGB);
    }
  });
});

describe("how often something is done in a sample", () => {
  test.each([
    [0, 20],
    [1, 20],
    [3, 7],
    [5, 4],
    [19, 2],
    [20, 1],
    [300, 1],
  ])("%d ms: %d times", (ms, times) => {
    expect(repeatsOf(ms)).toBe(times);
  });
});

describe("bars of encoding", () => {
  const [first] = ENCODE_CASES;
  const one = { ...first, mostTime: 1.5, mostBytes: 1.05 } as EncodeCase;
  const measured = (lower: number, bytes: number): EncodeMeasured => ({
    ours: { ms: 16, bytes, psnr: 40 },
    sharp: { ms: 10, bytes: 1000, psnr: 40 },
    ratio: { lower, median: 1.6, upper: 1.7, count: 31 },
  });

  test("a time holds up to where its lower quartile is beyond it, a length up to its bound", () => {
    const holds = (lower: number, bytes: number) => barsOf(one, measured(lower, bytes)).map((bar) => bar.holds);
    expect(holds(1.5, 1050)).toEqual([true, true]);
    expect(holds(1.51, 1050)).toEqual([false, true]);
    expect(holds(1.5, 1051)).toEqual([true, false]);
  });

  test("what was not measured fails, and says why", () => {
    const bars = barsOf(one, "it is not built");
    expect(bars).toHaveLength(2);
    for (const bar of bars) expect(bar).toMatchObject({ holds: false, got: "not checked: it is not built" });
  });

  test("what has no bound has no bar", () => {
    const { mostTime: _, mostBytes: __, ...told } = one;
    expect(barsOf(told, measured(9, 9000))).toEqual([]);
  });
});
