import { describe, expect, test } from "vitest";
import { squooshPngEncoding } from "../../src/codec/foreign/png-encoding.ts";
import { Shelf } from "../../src/codec/foreign/reusable.ts";
import { pngDecoding } from "../../src/codec/png/decoder.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";
import { decode, laidUpright } from "../support/decoding.ts";
import { exif } from "../support/jpeg-bytes.ts";
import { expectNearPicture } from "../support/near.ts";
import { squooshPngFor } from "../support/outputs.ts";
import { noise, picture, type Rgba, SPECIFIED, seenUpright } from "../support/pictures.ts";
import { type Chunk, type PngSpec, pngFile } from "../support/png-bytes.ts";
import { factsOf, faultOf, sniff } from "../support/sniffing.ts";
import { MODULES } from "../support/wasm-modules.ts";

const encoder = squooshPngEncoding(MODULES, new Shelf());

const encode = (raster: Raster) => encoder.encode(raster, squooshPngFor("fmt=png-alpha"), new Kernels(MODULES.kernels));

async function decoded(file: Uint8Array, chunkBytes?: number): Promise<Raster> {
  return (await decode(pngDecoding, factsOf(file), file, chunkBytes)).raster;
}

describe("a picture that was encoded and decoded", () => {
  test.each([
    [1, 1],
    [1, 50],
    [50, 1],
    [33, 17],
    [600, 500],
  ])("is exactly the same, alpha and hidden colours too: %i × %i", async (width, height) => {
    const raster = noise({ width, height }, width, false);
    expectNearPicture(await decoded(await encode(raster)), raster, 0);
  });

  test("keeps its bytes while others are encoded", async () => {
    const first = await encode(noise({ width: 30, height: 30 }, 1, false));
    const copy = first.slice();
    await encode(noise({ width: 300, height: 300 }, 2, true));
    expect(first).toEqual(copy);
  });
});

describe("every kind of PNG is decoded to 8 bits a channel, and has alpha just where it was sniffed", () => {
  const SIZE = { width: 13, height: 11 };
  /** Samples that go through all values of a depth, in a pattern that has no symmetry. */
  const ramp = (x: number, y: number, depth: number, channel: number) =>
    (x * 31 + y * 17 + channel * 7 + x * y) % 2 ** depth;
  /** A sample of any depth as a byte, rounded: both ends stay ends. Source: PNG (Third Edition), 13.12. */
  const level = (sample: number, depth: number) => Math.round((sample * 255) / (2 ** depth - 1));
  // Sixteen bits go beyond what `ramp` reaches in its steps: spread over the whole range.
  const spread = (depth: number) => (depth === 16 ? 977 : 1);
  const sampleAt = (x: number, y: number, depth: number, channel: number) =>
    (ramp(x, y, depth, channel) * spread(depth)) % 2 ** depth;

  const CHANNELS = new Map([
    [0, 1],
    [2, 3],
    [4, 2],
    [6, 4],
  ]);
  const KINDS = [
    [0, 1],
    [0, 2],
    [0, 4],
    [0, 8],
    [0, 16],
    [2, 8],
    [2, 16],
    [4, 8],
    [4, 16],
    [6, 8],
    [6, 16],
  ] as const;

  function specOf(colourType: number, depth: number, more: Partial<PngSpec> = {}): PngSpec {
    const channels = CHANNELS.get(colourType) ?? 0;
    const samples = (x: number, y: number) =>
      Array.from({ length: channels }, (_, channel) => sampleAt(x, y, depth, channel));
    return { ...SIZE, colourType, depth, samples, ...more };
  }

  function wantedOf({ depth, samples }: PngSpec): Raster {
    return picture(SIZE, (x, y): Rgba => {
      const [a = 0, b = 0, c = 0, d = 0] = samples(x, y).map((sample) => level(sample, depth));
      const count = samples(x, y).length;
      if (count < 3) return [a, a, a, count === 2 ? b : 255];
      return [a, b, c, count === 4 ? d : 255];
    });
  }

  async function check(spec: PngSpec, wanted: Raster): Promise<void> {
    const file = pngFile(spec);
    const raster = await decoded(file);
    expectNearPicture(raster, wanted, 0);
    const transparent = wanted.data.some((byte, at) => at % 4 === 3 && byte !== 255);
    if (transparent) expect(sniff(file)).toMatchObject({ alpha: true });
  }

  test.each(KINDS)("colour type %i with %i bits, interlaced or not", async (colourType, depth) => {
    for (const interlace of [0, 1]) {
      const spec = specOf(colourType, depth, { interlace });
      await check(spec, wantedOf(spec));
    }
  });

  test.each([1, 2, 4, 8])("a palette with %i bits, opaque or partly transparent", async (depth) => {
    const colours = Array.from(
      { length: 2 ** depth },
      (_, at): Rgba => [at, 255 - at, (at * 3) & 255, at === 1 ? 99 : 255],
    );
    const palette: Chunk = ["PLTE", Uint8Array.from(colours.flatMap((colour) => colour.slice(0, 3)))];
    const alphas: Chunk = ["tRNS", Uint8Array.of(255, 99)];
    const samples = (x: number, y: number) => [ramp(x, y, depth, 0)];
    const colourAt = (x: number, y: number, alpha: boolean): Rgba => {
      const [red, green, blue, own] = colours[ramp(x, y, depth, 0)] ?? [0, 0, 0, 0];
      return [red, green, blue, alpha ? own : 255];
    };
    for (const alpha of [false, true]) {
      const before = alpha ? [palette, alphas] : [palette];
      const spec: PngSpec = { ...SIZE, colourType: 3, depth, samples, before };
      await check(
        spec,
        picture(SIZE, (x, y) => colourAt(x, y, alpha)),
      );
    }
  });

  // The key is compared before the depth is reduced: of 16 bits, only the very same value is transparent.
  test.each([
    [0, 1],
    [0, 2],
    [0, 4],
    [0, 8],
    [0, 16],
    [2, 8],
    [2, 16],
  ] as const)("one transparent colour in colour type %i with %i bits", async (colourType, depth) => {
    const all = specOf(colourType, depth);
    const key = all.samples(3, 2);
    // Beside it, the nearest value there is.
    const nearly = key.map((sample, channel) => (channel === 0 ? sample ^ 1 : sample));
    const spec = { ...all, samples: (x: number, y: number) => (x === 4 && y === 2 ? nearly : all.samples(x, y)) };
    const trns: Chunk = ["tRNS", Uint8Array.from(key.flatMap((sample) => [sample >> 8, sample & 255]))];
    const opaque = wantedOf(spec);
    const wanted = picture(SIZE, (x, y): Rgba => {
      const [red = 0, green = 0, blue = 0] = opaque.data.subarray((y * SIZE.width + x) * 4);
      return [red, green, blue, spec.samples(x, y).join() === key.join() ? 0 : 255];
    });
    await check({ ...spec, before: [trns] }, wanted);
  });
});

test.each(SPECIFIED)("a picture whose eXIf says orientation %i is seen upright", async (orientation) => {
  const size = { width: 13, height: 7 };
  const before: Chunk[] = [["eXIf", Uint8Array.from(exif({ orientation, identifier: [] }))]];
  const samples = (x: number, y: number): Rgba => [x * 10, y * 20, x + y, 255 - x];
  const file = pngFile({ ...size, colourType: 6, depth: 8, before, samples });
  const facts = factsOf(file);
  const { raster } = await decode(pngDecoding, facts, file);
  const inFile = picture(size, samples);
  expectNearPicture(laidUpright(raster, facts), seenUpright(inFile, orientation), 0);
});

describe("decoding", () => {
  const raster = noise({ width: 40, height: 30 }, 4, false);
  const { size } = raster;

  test.each([1, 7, 65_536])("gives the same rows from chunks of %i bytes", async (chunkBytes) => {
    expectNearPicture(await decoded(await encode(raster), chunkBytes), raster, 0);
  });

  test("gives strips that cover a large picture exactly once, in order, as many rows as the resampler takes", async () => {
    const large = noise({ width: 800, height: 701 }, 6, false);
    const file = await encode(large);
    const { strips, raster } = await decode(pngDecoding, factsOf(file), file);
    expect(strips).toEqual(Array.from({ length: 176 }, (_, at) => ({ y: at * 4, rows: Math.min(4, 701 - at * 4) })));
    expectNearPicture(raster, large, 0);
  });

  const SPOIL: readonly (readonly [what: string, spoil: (file: Uint8Array<ArrayBuffer>) => Uint8Array])[] = [
    ["is cut off in its header", (file) => file.slice(0, 20)],
    ["is cut off before its image data", (file) => file.slice(0, 40)],
    ["is all zeros", (file) => file.fill(0)],
    ["is empty", () => new Uint8Array(0)],
    ["has image data that are not deflated", (file) => file.fill(0xff, 41, 60)],
    ["has another checksum", (file) => file.fill(0xff, file.length - 20, file.length - 12)],
  ];
  test.each(SPOIL)("says that a file is damaged that %s, and decodes the next one", async (_, spoil) => {
    const file = await encode(raster);
    const facts = factsOf(file);
    const code = { name: "Fault", code: "sourceBroken" };
    await expect(decode(pngDecoding, facts, spoil(file.slice()))).rejects.toMatchObject(code);
    expectNearPicture(await decoded(file), raster, 0);
  });

  const OTHERS: readonly (readonly [what: string, other: Partial<SourceFacts>])[] = [
    ["of another width", { size: { width: 41, height: 30 } }],
    ["of another height", { size: { width: 40, height: 29 } }],
    ["on its side", { orientation: 6 }],
    ["of another colour type", { alpha: false, png: { colourType: 2, depth: 8, interlaced: false } }],
    ["of another depth", { png: { colourType: 6, depth: 16, interlaced: false } }],
    ["without alpha", { alpha: false }],
  ];
  test.each(OTHERS)("says that a picture was replaced whose facts are those of one %s", async (_, other) => {
    const file = await encode(raster);
    const facts = { ...factsOf(file), ...other };
    await expect(decode(pngDecoding, facts, file)).rejects.toMatchObject({ code: "sourceChanged" });
  });

  test("says so of a file that is longer than it was, and that the storage failed where it is shorter", async () => {
    const file = await encode(raster);
    const decoding = { shrink: 1, wanted: { x: 0, y: 0, ...size } } as const;
    const decoderFor = (bytes: number) =>
      pngDecoding.make(new Kernels(MODULES.kernels), factsOf(file), bytes, decoding);
    expect(faultOf(() => decoderFor(file.length - 1).push(file)).code).toBe("sourceChanged");
    const waiting = decoderFor(file.length + 1);
    waiting.push(file);
    expect(faultOf(() => waiting.end())).toEqual({
      code: "storage",
      detail: `${file.length} of ${file.length + 1} bytes came`,
    });
  });
});
