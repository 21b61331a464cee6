import { describe, expect, test } from "vitest";
import { libwebpDecoding, libwebpEncoding } from "../../src/codec/foreign/libwebp.ts";
import { Shelf } from "../../src/codec/foreign/reusable.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { decode, laidUpright } from "../support/decoding.ts";
import { exif } from "../support/jpeg-bytes.ts";
import { expectNearPicture } from "../support/near.ts";
import { outputFor } from "../support/outputs.ts";
import { noise, ramps, SPECIFIED, seenUpright } from "../support/pictures.ts";
import { factsOf } from "../support/sniffing.ts";
import { MODULES } from "../support/wasm-modules.ts";
import { EXIF, vp8l, vp8x, webpChunks, webpOf } from "../support/webp-bytes.ts";

/** It does not touch them. */
const KERNELS = new Kernels(MODULES.kernels);
const encoder = libwebpEncoding(MODULES.webpEncoder, new Shelf());
const maker = libwebpDecoding(MODULES.webpDecoder, new Shelf());

const encode = (raster: Raster, modifiers: string) => encoder.encode(raster, outputFor(modifiers, "webp"), KERNELS);

async function decoded(file: Uint8Array): Promise<Raster> {
  return (await decode(maker, factsOf(file), file)).raster;
}

/** Peak signal to noise of the colours, in decibels. */
function decibels(got: Raster, want: Raster): number {
  let sum = 0;
  for (let at = 0; at < want.data.length; at++)
    if (at % 4 !== 3) sum += ((got.data[at] ?? 0) - (want.data[at] ?? 0)) ** 2;
  return 10 * Math.log10(255 ** 2 / (sum / ((want.data.length * 3) / 4)));
}

const SIZES = [
  [1, 1],
  [1, 50],
  [50, 1],
  [33, 17],
  [600, 500],
] as const;

describe("a lossless picture", () => {
  test.each(SIZES)("is exactly the same when decoded: %i × %i", async (width, height) => {
    const raster = noise({ width, height }, width, true);
    expectNearPicture(await decoded(await encode(raster, "fmt=webp,,lossless")), raster, 0);
  });

  test.each(SIZES)("keeps alpha and what is visible of colours: %i × %i", async (width, height) => {
    const raster = noise({ width, height }, width, false);
    const { data } = await decoded(await encode(raster, "fmt=webp-alpha,,lossless"));
    // Of what is invisible colours may change, in favour of the file's length.
    const wrong = [...data.keys()].filter(
      (at) => data[at] !== raster.data[at] && (at % 4 === 3 || raster.data[at | 3] !== 0),
    );
    expect(wrong).toEqual([]);
  });

  test("does not depend on the quality", async () => {
    const raster = ramps({ width: 50, height: 50 });
    const best = await encode(raster, "fmt=webp,,lossless&qlt=100");
    expect(await encode(raster, "fmt=webp,,lossless&qlt=1,1")).toEqual(best);
    expect(webpChunks(best).map(([type]) => type)).toEqual(["VP8L"]);
  });
});

describe("a lossy picture", () => {
  test("is about the same: ramps at quality 90 to 35 dB (seen: 46.5)", async () => {
    const raster = ramps({ width: 256, height: 192 });
    expect(decibels(await decoded(await encode(raster, "fmt=webp&qlt=90")), raster)).toBeGreaterThan(35);
  });

  test("is the same at any size whether or not memory is spared", async () => {
    // One pixel row makes the difference.
    const [small, large] = [ramps({ width: 1000, height: 1000 }), ramps({ width: 1000, height: 1001 })];
    for (const raster of [small, large]) {
      expect(decibels(await decoded(await encode(raster, "fmt=webp&qlt=90")), raster)).toBeGreaterThan(35);
    }
  });

  test("is larger the better its quality is, whatever is said of chroma", async () => {
    const raster = noise({ width: 60, height: 60 }, 5, true);
    const lengths: number[] = [];
    for (const quality of [1, 30, 60, 85, 100]) {
      const file = await encode(raster, `fmt=webp,rgb,lossy&qlt=${quality}`);
      expect(await encode(raster, `fmt=webp&qlt=${quality},1`)).toEqual(file);
      lengths.push(file.length);
    }
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(new Set(lengths).size).toBe(lengths.length);
  });

  test("has a chunk for alpha only where there is some", async () => {
    const [opaque, transparent] = [true, false].map((isOpaque) => noise({ width: 20, height: 20 }, 1, isOpaque));
    if (opaque === undefined || transparent === undefined) throw new Error("no pictures");
    expect(webpChunks(await encode(opaque, "fmt=webp-alpha")).map(([type]) => type)).toEqual(["VP8 "]);
    const types = webpChunks(await encode(transparent, "fmt=webp-alpha")).map(([type]) => type);
    expect(types).toEqual(["VP8X", "ALPH", "VP8 "]);
  });

  test("keeps alpha exactly", async () => {
    const raster = noise({ width: 70, height: 50 }, 3, false);
    const { data } = await decoded(await encode(raster, "fmt=webp-alpha&qlt=50"));
    expect(data.every((byte, at) => at % 4 !== 3 || byte === raster.data[at])).toBe(true);
  });
});

describe("the encoder", () => {
  test("makes the longest side there is, and says that it is the longest", async () => {
    const { maxSide } = encoder.limits;
    for (const size of [
      { width: maxSide, height: 1 },
      { width: 1, height: maxSide },
    ]) {
      expect((await decoded(await encode(ramps(size), "fmt=webp"))).size).toEqual(size);
    }
    const longer = { width: maxSide + 1, height: 1 };
    await expect(encode(ramps(longer), "fmt=webp")).rejects.toMatchObject({ code: "internal" });
    expect((await encode(ramps({ width: 9, height: 9 }), "fmt=webp")).length, "and works on").toBeGreaterThan(0);
  });

  test("keeps the bytes of a file while others are encoded", async () => {
    const first = await encode(ramps({ width: 30, height: 30 }), "fmt=webp");
    const copy = first.slice();
    await encode(noise({ width: 300, height: 300 }, 1, true), "fmt=webp");
    expect(first).toEqual(copy);
  });

  test("takes less a pixel in lossy pictures beyond a megapixel, and most with alpha", () => {
    const megapixels = (count: number, modifiers: string) =>
      encoder.memory({ width: 1000, height: 1000 * count }, outputFor(modifiers, "webp")).beside;
    expect(megapixels(4, "fmt=webp")).toBeLessThan(megapixels(4, "fmt=webp,,lossless") / 2);
    expect(megapixels(4, "fmt=webp-alpha")).toBeGreaterThan(megapixels(4, "fmt=webp,,lossless"));
    expect(megapixels(2, "fmt=webp")).toBeLessThan(megapixels(1, "fmt=webp"));
  });
});

describe("the decoder", () => {
  test.each(SPECIFIED)("gives a picture as it lies in its file, which Exif turns: %i", async (orientation) => {
    const raster = noise({ width: 13, height: 9 }, 1, true);
    const chunks = webpChunks(await encode(raster, "fmt=webp,,lossless"));
    const file = webpOf([vp8x(EXIF, 13, 9), ...chunks, ["EXIF", exif({ orientation, identifier: [] })]]);
    const facts = factsOf(file);
    const upright = laidUpright((await decode(maker, facts, file)).raster, facts);
    expectNearPicture(upright, seenUpright(raster, orientation), 0);
  });

  test("takes a lossless file at its word that says it is opaque", async () => {
    const raster = noise({ width: 20, height: 20 }, 1, false);
    const file = await encode(raster, "fmt=webp-alpha,,lossless");
    const opaque = file.slice();
    // The bit of alpha in the header of VP8L.
    opaque[24] = (opaque[24] ?? 0) & ~0x10;
    expect([factsOf(file).alpha, factsOf(opaque).alpha]).toEqual([true, false]);
    const { data } = await decoded(opaque);
    expect(data.every((byte, at) => at % 4 !== 3 || byte === 255)).toBe(true);
  });

  test("refuses a header without a picture", async () => {
    const file = webpOf([vp8l(30, 20)]);
    await expect(decode(maker, factsOf(file), file)).rejects.toMatchObject({ code: "sourceBroken" });
  });

  test("tells memory that rises with the picture and with its file", () => {
    const wanted = { x: 0, y: 0, width: 1, height: 1 };
    const beside = (width: number, bytes: number) =>
      maker.memory({ format: "webp", orientation: 1, alpha: false, size: { width, height: 1000 } }, bytes, {
        shrink: 1,
        wanted,
      }).beside;
    expect(beside(1000, 1000)).toBeLessThan(22_000_000);
    expect(beside(4000, 1000)).toBeGreaterThan(4_000_000 * 12);
    expect(beside(4000, 16_000_000)).toBeGreaterThan(beside(4000, 1000) + 3 * 15_000_000);
  });
});

describe("a damaged file", () => {
  const PICTURES = [
    ["lossy", "fmt=webp&qlt=80", true],
    ["lossy with alpha", "fmt=webp-alpha&qlt=80", false],
    ["lossless", "fmt=webp,,lossless", true],
  ] as const;

  test.each(PICTURES)("that is cut off anywhere behind its header is refused: %s", async (_, modifiers, opaque) => {
    const file = await encode(noise({ width: 40, height: 40 }, 1, opaque), modifiers);
    for (let length = 60; length < file.length; length += 7) {
      const cut = file.slice(0, length);
      await expect(decode(maker, factsOf(file), cut), `at ${length}`).rejects.toMatchObject({ code: "sourceBroken" });
    }
  });

  test.each(PICTURES)("and likewise where its lengths were made to fit: %s", async (_, modifiers, opaque) => {
    const chunks = webpChunks(await encode(noise({ width: 40, height: 40 }, 1, opaque), modifiers));
    const [type, content] = chunks.at(-1) ?? ["", []];
    let refused = 0;
    let tries = 0;
    for (let length = 40; length < content.length - 8; length += 11) {
      const file = webpOf([...chunks.slice(0, -1), [type, content.slice(0, length)]]);
      tries++;
      await decode(maker, factsOf(file), file).catch((cause) => {
        expect(cause).toMatchObject({ code: "sourceBroken" });
        refused++;
      });
    }
    expect(refused).toBe(tries);
  });

  test.each(PICTURES)("may be another picture, as in a JPEG, or is refused: %s", async (_, modifiers, opaque) => {
    const file = await encode(noise({ width: 40, height: 40 }, 1, opaque), modifiers);
    let [pictures, refused] = [0, 0];
    for (let at = 60; at < file.length; at += 3) {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      await decode(maker, factsOf(file), changed).then(
        ({ raster }) => {
          expect(raster.size).toEqual({ width: 40, height: 40 });
          pictures++;
        },
        (cause) => {
          expect(cause).toMatchObject({ code: "sourceBroken" });
          refused++;
        },
      );
    }
    expect(Math.min(pictures, refused), "either happens").toBeGreaterThan(0);
  });
});
