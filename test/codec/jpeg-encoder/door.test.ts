import { decode } from "jpeg-js";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { MOST_PIECE_BYTES } from "../../../src/codec/jpeg-encoder/bit-sink.ts";
import { jpegEncoding } from "../../../src/codec/jpeg-encoder/encoder.ts";
import { MOST_PROFILE_BYTES } from "../../../src/codec/jpeg-encoder/segments.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import type { Raster } from "../../../src/pixels/raster.ts";
import { ENCODER_PICTURES, type EncoderPicture, encoderPicture } from "../../support/encoder-pictures.ts";
import { decodeJpeg } from "../../support/jpeg-decoding.ts";
import { encodedJpeg, jpegOutput } from "../../support/jpeg-encoding.ts";
import { randomBytes } from "../../support/random.ts";
import { expectSameFile } from "../../support/same-file.ts";
import { MODULES } from "../../support/wasm-modules.ts";

const kernels = new Kernels(MODULES.kernels);
const OPTIMISED = jpegOutput({ huffman: "optimised" });

function encode(raster: Raster, output = jpegOutput(), asked: Parameters<typeof encodedJpeg>[2] = {}) {
  kernels.clear();
  return encodedJpeg(raster, output, { kernels, ...asked });
}

describe("every picture decodes to its size, by ours, by jpeg-js and by sharp", () => {
  const SIZES = [
    { width: 1, height: 1 },
    { width: 17, height: 33 },
    { width: 65_500, height: 40 },
    { width: 40, height: 65_500 },
  ];
  test.each(SIZES)("$width × $height", async (size) => {
    const raster = encoderPicture("gradients", size);
    for (const output of [jpegOutput(), OPTIMISED, jpegOutput({ gray: true }), jpegOutput({ fullChroma: true })]) {
      const file = encode(raster, output);
      const { width, height } = decode(file, { maxMemoryUsageInMB: 2000, maxResolutionInMP: 100 });
      expect({ width, height }).toEqual(size);
      const { info } = await sharp(file, { failOn: "warning" }).raw().toBuffer({ resolveWithObject: true });
      expect({ width: info.width, height: info.height }).toEqual(size);
      kernels.clear();
      const { raster: decoded, warnings } = await decodeJpeg(kernels, file);
      expect(decoded.size).toEqual(size);
      expect(warnings).toEqual([]);
    }
  });
});

test("pixels come back as they were, but for what quality 100 loses", async () => {
  const raster = encoderPicture("gradients", { width: 120, height: 90 });
  const smooth = { ...raster, data: raster.data.map((value, at) => ((at & 3) === 3 ? 255 : value >> 1)) };
  const { data } = await sharp(encode(smooth, jpegOutput({ quality: 100, fullChroma: true })))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const worst = smooth.data.reduce((most, value, at) => Math.max(most, Math.abs(value - (data[at] ?? 0))), 0);
  // Levels wrap around in places, where colours that do not exist are clamped.
  expect(worst).toBeLessThanOrEqual(4);
});

describe("what rows come in, and when, changes nothing of the file", () => {
  test("nothing of one picture is in the next, made in the same memory", () => {
    const pictures = (Object.keys(ENCODER_PICTURES) as EncoderPicture[]).map((name) =>
      encoderPicture(name, { width: 37, height: 21 }),
    );
    for (const output of [jpegOutput(), OPTIMISED, jpegOutput({ fullChroma: true }), jpegOutput({ gray: true })]) {
      const fresh = pictures.map((raster) => encodedJpeg(raster, output));
      expect(pictures.map((raster) => encode(raster, output))).toEqual(fresh);
      expect(
        [...pictures]
          .reverse()
          .map((raster) => encode(raster, output))
          .reverse(),
      ).toEqual(fresh);
    }
  });

  test("rows that lie in the memory of the kernels are read there, while it grows", () => {
    const raster = encoderPicture("noise", { width: 640, height: 480 });
    const output = jpegOutput({ huffman: "optimised", quality: 100 });
    const wanted = encode(raster, output);
    const inside = new Kernels(MODULES.kernels);
    const address = inside.place(raster.data);
    const before = inside.bytes;
    const encoder = jpegEncoding.make(inside, raster.size, output);
    const pieces = [...encoder.push(inside.bytesAt(address, raster.data.length)), ...encoder.end()];
    expect(inside.bytes).toBeGreaterThan(before + 1_000_000);
    expectSameFile(Buffer.concat(pieces), wanted);
  });

  test("pieces come while rows do, are no larger than told, and stay as they are", () => {
    const raster = encoderPicture("noise", { width: 512, height: 512 });
    kernels.clear();
    const encoder = jpegEncoding.make(kernels, raster.size, jpegOutput({ quality: 95 }));
    const pieces = [...encoder.push(raster.data)];
    const copies = pieces.map((piece) => piece.slice());
    pieces.push(...encoder.end());
    expect(copies.length).toBeGreaterThan(5);
    for (const [at, copy] of copies.entries()) expectSameFile(pieces[at] ?? copy, copy, `piece ${at}`);
    // One that the caller still has, and the next one in the making.
    expect(jpegEncoding.memory(raster.size, jpegOutput()).beside).toBeGreaterThanOrEqual(2 * MOST_PIECE_BYTES);
    for (const piece of pieces) {
      expect(piece.byteLength).toBeLessThanOrEqual(MOST_PIECE_BYTES);
      expect(piece.buffer).not.toBe(kernels.run.memory.buffer);
    }
  });

  test("too many rows, parts of rows and missing rows are mistakes of the caller's", () => {
    const raster = encoderPicture("edges", { width: 16, height: 16 });
    const made = () => {
      kernels.clear();
      return jpegEncoding.make(kernels, raster.size, jpegOutput());
    };
    expect(() => [...made().push(new Uint8Array(16 * 4 * 17))]).toThrow(TypeError);
    expect(() => [...made().push(new Uint8Array(16 * 4 + 4))]).toThrow(TypeError);
    expect(() => [...made().end()]).toThrow(TypeError);
  });
});

test("where tokens are more than may be held, the file is the one with standard codes, and no token is lost", () => {
  const raster = encoderPicture("noise", { width: 1600, height: 1000 });
  const standard = encode(raster, jpegOutput({ quality: 100, fullChroma: true }));
  const output = jpegOutput({ quality: 100, fullChroma: true, huffman: "optimised" });
  expectSameFile(encode(raster, output), standard);
  kernels.clear();
  const encoder = jpegEncoding.make(kernels, raster.size, output);
  let early = 0;
  for (const piece of encoder.push(raster.data)) early += piece.length;
  expect(early, "most of it comes before the end").toBeGreaterThan(standard.length / 2);
});

describe("what else is in the file", () => {
  const raster = encoderPicture("edges", { width: 40, height: 30 });

  test.each([
    [72, 72],
    [300.4, 300],
    [0.2, 1],
    [1e9, 65_535],
  ])("%d dots per inch are %i in JFIF, in both directions", async (dpi, density) => {
    const file = encode(raster, jpegOutput({ dpi }));
    const view = new DataView(file.buffer);
    expect([view.getUint8(13), view.getUint16(14), view.getUint16(16)]).toEqual([1, density, density]);
    // Others take a single dot for none.
    if (density > 1) expect((await sharp(file).metadata()).density).toBe(density);
  });

  test("without a resolution pixels are square, and no more is said", () => {
    expect([...encode(raster).subarray(2, 20)]).toEqual([
      ...[0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0],
    ]);
  });

  test.each([1, 200, 65_519, 65_520, 300_000])("a profile of %i bytes is read back as it was", async (length) => {
    const icc = randomBytes(length, length);
    // The signature of a profile, without which nobody takes it for one.
    icc.set([0x61, 0x63, 0x73, 0x70].slice(0, Math.max(0, length - 36)), Math.min(36, length));
    const file = encode(raster, jpegOutput(), { icc });
    const { icc: got } = await sharp(file).metadata();
    expect(got?.equals(icc)).toBe(true);
    expect(Buffer.from(file).includes(Buffer.from("ICC_PROFILE\0\x01", "latin1"))).toBe(true);
    expect(file.length).toBeLessThanOrEqual(
      jpegEncoding.mostBytes(raster.size, jpegOutput()) + length + 18 * Math.ceil(length / 65_519),
    );
  });

  test("more than 255 segments of a profile there are not", () => {
    expect(() => encode(raster, jpegOutput(), { icc: new Uint8Array(MOST_PROFILE_BYTES + 1) })).toThrow(TypeError);
  });

  test("small effort has MozJPEG's quantisers", () => {
    const file = encode(raster, jpegOutput({ effort: "small", quality: 50 }));
    const at = Buffer.from(file).indexOf(Buffer.from([0xff, 0xdb]));
    expect([...file.subarray(at + 5, at + 12)]).toEqual([16, 16, 16, 16, 17, 16, 18]);
  });
});
