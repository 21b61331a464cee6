import jpegJs from "jpeg-js";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { codecsOf } from "../../src/codec/codecs.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Effort } from "../../src/plan/output.ts";
import { photo } from "../golden/sources/photo.ts";
import { describeCorpus } from "../support/corpus.ts";
import { encode as encoded } from "../support/encoding.ts";
import { bytesOf, partsOf } from "../support/jpeg-segments.ts";
import { mozjpegFor, outputFor } from "../support/outputs.ts";
import { picture } from "../support/pictures.ts";
import { pngPixels } from "../support/pixels.ts";
import { MODULES } from "../support/wasm-modules.ts";

/** Source: save-contract "Effort"; what was measured stands in decision 004. */

const { encoders } = codecsOf(MODULES);

type Lossy = "jpeg" | "webp";

function encode(raster: Raster, encoder: Lossy, modifiers: string, effort: Effort): Promise<Uint8Array> {
  if (encoder === "webp") return encoded(encoders, raster, { ...outputFor(modifiers, "webp"), effort });
  return encoded(encoders, raster, effort === "fast" ? outputFor(modifiers, "jpeg") : mozjpegFor(modifiers));
}

async function both(raster: Raster, encoder: Lossy, modifiers: string) {
  const fast = await encode(raster, encoder, modifiers, "fast");
  return { fast, small: await encode(raster, encoder, modifiers, "small") };
}

/** Decoded by code that shares nothing with the encoder, or, of WebP, not this build of it. */
async function decoded(file: Uint8Array, encoder: Lossy): Promise<Uint8Array> {
  if (encoder === "jpeg") return jpegJs.decode(file, { useTArray: true, formatAsRGBA: true }).data;
  return new Uint8Array(await sharp(file).ensureAlpha().raw().toBuffer());
}

/** Peak signal to noise of the colours that can be seen, in decibels. */
function decibels(got: Uint8Array, { data }: Raster): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < data.length; at++) {
    if (at % 4 === 3 || data[at | 3] === 0) continue;
    sum += ((got[at] ?? 0) - (data[at] ?? 0)) ** 2;
    count++;
  }
  return 10 * Math.log10(255 ** 2 / (sum / count));
}

/** Fades towards its corners, where nothing of it is left. */
function vignette({ size, data }: Raster): Raster {
  const alphaAt = (x: number, y: number) => 330 - 600 * Math.hypot(x / size.width - 0.5, y / size.height - 0.5);
  return picture(size, (x, y) => {
    const [red = 0, green = 0, blue = 0] = data.subarray((y * size.width + x) * 4);
    return [red, green, blue, Math.max(0, Math.min(255, Math.round(alphaAt(x, y))))];
  });
}

/**
 * What a file may lose against one of a reply, in decibels. MozJPEG has quantisers of its own, coarser ones for chroma: seen are 1.56
 * in colour and 0.26 in gray; of WebP 0.24.
 */
const LOSS = { colour: 1.7, gray: 0.3, webp: 0.4 };
/** As long as it may be, of that of a reply: seen are 0.91 for JPEG, of a small scene, and 0.85 of photographs. */
const LENGTH = { jpeg: 0.92, webp: 1 };

async function expectSmaller(raster: Raster, encoder: Lossy, modifiers: string): Promise<void> {
  const { fast, small } = await both(raster, encoder, modifiers);
  expect(small.length, `bytes, of ${fast.length}`).toBeLessThanOrEqual(fast.length * LENGTH[encoder]);
  const likeness = decibels(await decoded(small, encoder), raster);
  expect(likeness).toBeGreaterThan(decibels(await decoded(fast, encoder), raster) - lossOf(encoder, modifiers));
}

function lossOf(encoder: Lossy, modifiers: string): number {
  if (encoder === "webp") return LOSS.webp;
  return modifiers.includes("gray") ? LOSS.gray : LOSS.colour;
}

const KINDS = [
  ["jpeg", "fmt=jpeg"],
  ["jpeg", "fmt=pjpeg"],
  ["jpeg", "fmt=pjpeg&qlt=60,1"],
  ["jpeg", "fmt=jpeg,gray"],
  ["webp", "fmt=webp"],
  ["webp", "fmt=webp&qlt=95"],
] as const;

describeCorpus("kodak", (files) => {
  describe.each(files)("of $name a saved file is at most as large as that of a reply, and nearly as good", (file) => {
    const { width, height, data } = pngPixels(file.read());
    const raster = { size: { width, height }, data: Uint8Array.from(data) };
    test.each(KINDS)("%s %s", (encoder, modifiers) => expectSmaller(raster, encoder, modifiers));
    test("webp with alpha", () => expectSmaller(vignette(raster), "webp", "fmt=webp-alpha"));

    test("webp lossless, smaller by a hundredth at least, which loses nothing", async () => {
      const { fast, small } = await both(raster, "webp", "fmt=webp,,lossless");
      expect(small.length).toBeLessThan(fast.length * 0.99);
      expect(Buffer.from(await decoded(small, "webp")).equals(raster.data)).toBe(true);
    });
  });
});

test.each(KINDS)("so it is of a small scene: %s %s", (encoder, modifiers) =>
  expectSmaller(photo(), encoder, modifiers),
);

describe("a saved JPEG is of the kind that a reply has", () => {
  const SOF = [0xc0, 0xc1, 0xc2];
  const JFIF = 0xe0;
  /** What the frame says but for its tables of quantisers, of which MozJPEG has one for all; and the segment of JFIF. */
  const kept = (file: Uint8Array) =>
    partsOf(file)
      .filter(({ marker }) => marker === JFIF || SOF.includes(marker))
      .map((part) => {
        const bytes = [...bytesOf(file, part)];
        return part.marker === JFIF ? bytes : bytes.filter((_, at) => at < 10 || (at - 10) % 3 !== 2);
      });

  test.each([
    "fmt=jpeg",
    "fmt=jpeg&qlt=95,1",
    "fmt=pjpeg&qlt=30",
    "fmt=pjpeg&qlt=95,1&printRes=300",
    "fmt=jpeg,gray&qlt=1",
  ])("frame, sampling and resolution are the same: %s", async (modifiers) => {
    const fast = kept(await encode(photo(), "jpeg", modifiers, "fast"));
    expect(kept(await encode(photo(), "jpeg", modifiers, "small"))).toEqual(fast);
    expect(fast.length).toBe(2);
  });
});
