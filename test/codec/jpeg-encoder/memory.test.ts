import { describe, expect, test } from "vitest";
import { jpegEncoding } from "../../../src/codec/jpeg-encoder/encoder.ts";
import { MOST_TOKEN_BYTES } from "../../../src/codec/jpeg-encoder/sequential.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import { OutOfMemory } from "../../../src/pixels/out-of-memory.ts";
import type { Output } from "../../../src/plan/output.ts";
import type { Size } from "../../../src/plan/size.ts";
import { encoderPicture } from "../../support/encoder-pictures.ts";
import { GuardedKernels } from "../../support/guarded-kernels.ts";
import { encodedJpeg, jpegOutput } from "../../support/jpeg-encoding.ts";
import { expectSameFile } from "../../support/same-file.ts";
import { StuntedKernels } from "../../support/stunted-kernels.ts";
import { MODULES } from "../../support/wasm-modules.ts";

const OUTPUTS: readonly Output<"jpeg">[] = (["standard", "optimised"] as const).flatMap((huffman) => [
  jpegOutput({ huffman, quality: 100, gray: true }),
  jpegOutput({ huffman, quality: 100 }),
  jpegOutput({ huffman, quality: 100, fullChroma: true }),
  jpegOutput({ huffman, quality: 30 }),
]);
const nameOf = ({ huffman, quality, gray, fullChroma }: Output<"jpeg">) =>
  `${huffman}, quality ${quality}${gray ? ", gray" : fullChroma ? ", 4:4:4" : ""}`;

const SIZES: readonly Size[] = [
  { width: 1, height: 1 },
  { width: 17, height: 33 },
  { width: 256, height: 255 },
  { width: 1999, height: 37 },
  { width: 16_384, height: 9 },
  { width: 9, height: 5000 },
];

/** Bytes of the arena that a picture takes. */
function usedBy(size: Size, output: Output<"jpeg">): number {
  const kernels = new Kernels(MODULES.kernels);
  const start = kernels.reserve(0);
  encodedJpeg(encoderPicture("noise", size), output, { kernels, strip: 7 });
  return kernels.reserve(0) - start;
}

describe.each(OUTPUTS.map((output) => [nameOf(output), output] as const))("%s", (_, output) => {
  test("noise takes no more kernel memory than was told", () => {
    for (const size of SIZES) {
      const told = jpegEncoding.memory(size, output).kernels;
      const used = usedBy(size, output);
      expect(used, JSON.stringify(size)).toBeLessThanOrEqual(told);
    }
  });

  test("and touches nothing beside its blocks", () => {
    const kernels = new GuardedKernels();
    for (const size of SIZES.slice(0, 4)) {
      kernels.clear();
      encodedJpeg(encoderPicture("noise", size), output, { kernels, strip: 7 });
      expect(kernels.trespasses(), JSON.stringify(size)).toBe(0);
    }
  });
});

test("with standard codes what is told is what is taken, but for the ends of blocks", () => {
  for (const output of OUTPUTS.filter(({ huffman }) => huffman === "standard")) {
    for (const size of SIZES) {
      const slack = jpegEncoding.memory(size, output).kernels - usedBy(size, output);
      expect(slack, `${nameOf(output)} of ${JSON.stringify(size)}`).toBeLessThan(1000);
    }
  }
});

test("tokens are told as 260 bytes a block, and what pages leave empty", () => {
  const size = { width: 512, height: 256 };
  const told = (huffman: "standard" | "optimised") => jpegEncoding.memory(size, jpegOutput({ huffman })).kernels;
  const blocks = (512 / 8) * (256 / 8) * 1.5;
  const [batch, tables] = [65_536, 8192];
  expect(told("optimised") - told("standard")).toBeLessThan(blocks * 260 * 1.09 + batch + tables + 4 * 8192);
});

test("the height of a picture takes tokens alone, and those no more than their limit", () => {
  const [low, high] = [100, 60_000].map((height) => ({ width: 4000, height }));
  if (low === undefined || high === undefined) throw new Error();
  const standard = jpegOutput({ huffman: "standard" });
  expect(jpegEncoding.memory(high, standard)).toEqual(jpegEncoding.memory(low, standard));
  const optimised = jpegEncoding.memory(high, jpegOutput({ huffman: "optimised" })).kernels;
  const tables = 8192;
  expect(optimised).toBeLessThanOrEqual(jpegEncoding.memory(high, standard).kernels + MOST_TOKEN_BYTES + tables);
});

describe("memory that does not grow is a clean refusal", () => {
  test("whichever block there is no room for", () => {
    const raster = encoderPicture("noise", { width: 200, height: 300 });
    const output = jpegOutput({ huffman: "optimised", quality: 100 });
    const whole = encodedJpeg(raster, output);
    let refusals = 0;
    for (let reservations = 0; ; reservations++) {
      const kernels = new StuntedKernels(reservations);
      const encode = () => encodedJpeg(raster, output, { kernels });
      try {
        expectSameFile(encode(), whole);
        break;
      } catch (cause) {
        expect(cause).toBeInstanceOf(OutOfMemory);
        refusals++;
      }
    }
    // Some are of records and planes before the first row, others of pages of tokens.
    expect(refusals).toBeGreaterThan(20);
  });
});
