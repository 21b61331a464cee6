import { decode } from "jpeg-js";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { OutOfRoom } from "../../../src/codec/encoder.ts";
import { jpegEncoding } from "../../../src/codec/jpeg-encoder/encoder.ts";
import { SCAN_TOKEN_BYTES } from "../../../src/codec/jpeg-encoder/progressive-memory.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import { OutOfMemory } from "../../../src/pixels/out-of-memory.ts";
import type { Raster } from "../../../src/pixels/raster.ts";
import type { Output } from "../../../src/plan/output.ts";
import { type EncoderPicture, encoderPicture } from "../../support/encoder-pictures.ts";
import { GuardedKernels } from "../../support/guarded-kernels.ts";
import { decodeJpeg } from "../../support/jpeg-decoding.ts";
import { encodedJpeg, jpegOutput } from "../../support/jpeg-encoding.ts";
import { randomNumbers } from "../../support/random.ts";
import { StuntedKernels } from "../../support/stunted-kernels.ts";
import { MODULES } from "../../support/wasm-modules.ts";

const kernels = new Kernels(MODULES.kernels);
const SCANS = ["progressive", "small", 3, 4, 5] as const;
const CHROMA = [{ gray: true }, {}, { fullChroma: true }] as const;
const EFFORTS = ["fast", "small"] as const;
const WAYS = SCANS.flatMap((scans) => EFFORTS.map((effort) => ({ scans, effort })));

function encode(raster: Raster, output: Output<"jpeg">, strip = raster.size.height) {
  kernels.clear();
  return encodedJpeg(raster, output, { kernels, strip });
}

async function bySharp(file: Uint8Array): Promise<Buffer> {
  return sharp(file, { failOn: "warning" }).raw().toBuffer();
}

describe.each(WAYS)("$scans scans with $effort effort", (way) => {
  test.each(CHROMA)(
    "have the coefficients of one scan, as sharp, jpeg-js and our own decoder read them: %o",
    async (chroma) => {
      for (const name of ["gradients", "noise", "edges"] as const) {
        const raster = encoderPicture(name, { width: 77, height: 53 });
        const file = encode(raster, jpegOutput({ ...way, ...chroma, quality: 85 }), 5);
        const plain = encode(raster, jpegOutput({ effort: way.effort, ...chroma, quality: 85 }));
        expect((await bySharp(file)).equals(await bySharp(plain)), "sharp").toBe(true);
        const [one, other] = [file, plain].map((each) => decode(each, { useTArray: true }));
        expect(one).toEqual(other);
        kernels.clear();
        const got = await decodeJpeg(kernels, file);
        kernels.clear();
        const want = await decodeJpeg(kernels, plain);
        expect(got.warnings).toEqual([]);
        expect(got.raster).toEqual(want.raster);
      }
    },
  );

  test("no more memory is taken than was told, nothing beside it is touched, and no file is longer than was told", () => {
    for (const chroma of CHROMA) {
      for (const quality of [30, 100]) {
        for (const [width, height] of [
          [1, 1],
          [17, 33],
          [700, 90],
          [9, 3000],
        ] as const) {
          const output = jpegOutput({ ...way, ...chroma, quality });
          const guarded = new GuardedKernels();
          const file = encodedJpeg(encoderPicture("noise", { width, height }), output, { kernels: guarded, strip: 7 });
          expect(guarded.trespasses()).toBe(0);
          expect(file.length).toBeLessThanOrEqual(jpegEncoding.mostBytes({ width, height }, output));
          const plain = new Kernels(MODULES.kernels);
          const start = plain.reserve(0);
          encodedJpeg(encoderPicture("noise", { width, height }), output, { kernels: plain, strip: 7 });
          expect(plain.reserve(0) - start).toBeLessThanOrEqual(jpegEncoding.memory({ width, height }, output).kernels);
        }
      }
    }
  });
});

test("whatever the size, the quality, the strips and the scans, the picture is that of one scan", async () => {
  const next = randomNumbers(20);
  const upTo = (most: number) => 1 + Math.floor(next() * most);
  const pick = <Item>(items: readonly Item[]): Item => items[upTo(items.length) - 1] as Item;
  for (let times = 0; times < 150; times++) {
    const raster = encoderPicture(pick<EncoderPicture>(["gradients", "noise", "edges"]), {
      width: upTo(120),
      height: upTo(90),
    });
    const common = { quality: upTo(100), effort: pick(EFFORTS), ...pick(CHROMA) };
    const scans = pick(SCANS);
    const file = encode(raster, jpegOutput({ ...common, scans }), upTo(20));
    const plain = encode(raster, jpegOutput({ ...common, huffman: "optimised" }), upTo(20));
    const what = JSON.stringify({ ...raster.size, ...common, scans });
    expect((await bySharp(file)).equals(await bySharp(plain)), what).toBe(true);
  }
});

test.each([
  { width: 65_500, height: 24 },
  { width: 24, height: 65_500 },
])("pictures of $width × $height decode in two decoders", async (size) => {
  const raster = encoderPicture("gradients", size);
  for (const scans of ["small", 5] as const) {
    const file = encode(raster, jpegOutput({ scans, effort: "small" }));
    const { info } = await sharp(file, { failOn: "warning" }).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([size.width, size.height]);
    kernels.clear();
    const { raster: decoded, warnings } = await decodeJpeg(kernels, file);
    expect([decoded.size, warnings]).toEqual([size, []]);
  }
});

describe("small effort", () => {
  const raster = encoderPicture("gradients", { width: 320, height: 240 });

  test("makes smaller files than the same quantisers without it would, which are still near the picture", async () => {
    const smooth = { ...raster, data: raster.data.map((value, at) => ((at & 3) === 3 ? 255 : value)) };
    const error = async (file: Uint8Array) => {
      const data = await sharp(file).ensureAlpha().raw().toBuffer();
      return Math.sqrt(smooth.data.reduce((sum, value, at) => sum + (value - (data[at] ?? 0)) ** 2, 0) / data.length);
    };
    const small = encode(smooth, jpegOutput({ scans: "small", effort: "small", quality: 75 }));
    const fast = encode(smooth, jpegOutput({ scans: "small", effort: "fast", quality: 75 }));
    expect(small.length).toBeLessThan(fast.length);
    expect(await error(small)).toBeLessThan(1.25 * (await error(fast)));
  });

  test("gives the same bytes every time, and in any strips", () => {
    for (const { scans } of WAYS) {
      const output = jpegOutput({ scans, effort: "small" });
      expect(encode(raster, output, 3)).toEqual(encode(raster, output));
    }
  });

  test("works in one scan, with codes of either kind", async () => {
    for (const huffman of ["standard", "optimised"] as const) {
      const file = encode(raster, jpegOutput({ effort: "small", huffman }));
      expect((await sharp(file, { failOn: "warning" }).metadata()).isProgressive).toBe(false);
      expect((await bySharp(file)).length).toBe(320 * 240 * 3);
    }
  });
});

describe("where the tokens of all scans are more than may be held", () => {
  const raster = encoderPicture("noise", { width: 2400, height: 1800 });
  const output = jpegOutput({ scans: 5, quality: 100, fullChroma: true });

  test("that is said while rows come, before there is anything of the file", () => {
    const own = new Kernels(MODULES.kernels);
    const start = own.reserve(0);
    const encoder = jpegEncoding.make(own, raster.size, output);
    const pieces: Uint8Array[] = [];
    const row = raster.size.width * 4;
    let rows = 0;
    const pushAll = () => {
      for (; rows < raster.size.height; rows += 8) {
        pieces.push(...encoder.push(raster.data.subarray(rows * row, (rows + 8) * row)));
      }
    };
    expect(pushAll).toThrow(OutOfRoom);
    expect(rows).toBeLessThan(raster.size.height);
    expect(pieces).toEqual([]);
    const used = own.reserve(0) - start;
    expect(used).toBeGreaterThan(SCAN_TOKEN_BYTES);
    expect(used).toBeLessThanOrEqual(jpegEncoding.memory(raster.size, output).kernels);
    // The same kernels make the picture again, in one scan.
    own.clear();
    const again = jpegOutput({ quality: 100, fullChroma: true });
    expect(encodedJpeg(raster, again, { kernels: own })).toEqual(encodedJpeg(raster, again));
  });
});

test("memory that does not grow is a clean refusal, whichever block there is no room for", () => {
  const raster = encoderPicture("noise", { width: 200, height: 100 });
  const output = jpegOutput({ scans: "small", effort: "small", quality: 100 });
  const whole = encodedJpeg(raster, output);
  let refusals = 0;
  for (let reservations = 0; ; reservations++) {
    try {
      expect(encodedJpeg(raster, output, { kernels: new StuntedKernels(reservations) })).toEqual(whole);
      break;
    } catch (cause) {
      expect(cause).toBeInstanceOf(OutOfMemory);
      refusals++;
    }
  }
  expect(refusals).toBeGreaterThan(30);
});
