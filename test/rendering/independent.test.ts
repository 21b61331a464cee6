import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../src/pixels/raster.ts";
import { rendererOn } from "../golden/rendering.ts";
import { photo } from "../golden/sources/photo.ts";
import { goldenSources } from "../golden/sources.ts";
import { pngOf } from "../support/charts.ts";
import { describeCorpus } from "../support/corpus.ts";
import { SPECIFIED } from "../support/pictures.ts";

const SHRINKS = [1.1, 1.5, 1.9, 2.3, 3];
/** Pixels at the border, where libraries disagree about what lies beyond. */
const BORDER = 8;
const QUALITIES = ["exact", "fast"] as const;

/** By libvips, which shares no code with the Worker. */
async function pixelsOf(image: Sharp): Promise<Raster> {
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { size: { width: info.width, height: info.height }, data: Uint8Array.from(data) };
}

function raw({ size, data }: Raster): Sharp {
  return sharp(data, { raw: { ...size, channels: 4 } });
}

/** Peak signal to noise of red, green and blue inside of the border, in dB. */
function likeness(one: Raster, other: Raster): number {
  expect(one.size).toEqual(other.size);
  const { width, height } = one.size;
  let [sum, count] = [0, 0];
  for (let y = BORDER; y < height - BORDER; y++) {
    for (let at = (y * width + BORDER) * 4; at < (y * width + width - BORDER) * 4; at++) {
      if (at % 4 === 3) continue;
      sum += ((one.data[at] ?? 0) - (other.data[at] ?? 0)) ** 2;
      count++;
    }
  }
  return 10 * Math.log10((255 * 255 * count) / Math.max(sum, 1e-9));
}

function largestDifference(one: Raster, other: Raster): number {
  expect(one.size).toEqual(other.size);
  return one.data.reduce((most, value, at) => Math.max(most, Math.abs(value - (other.data[at] ?? 0))), 0);
}

/** How like a picture is to what libvips makes of it, at each shrink. */
async function scaledLikeness(file: Uint8Array, quality: string): Promise<readonly number[]> {
  const render = rendererOn(new Map([["picture.png", file]]), { ScaleQuality: quality });
  const { width = 0, height = 0 } = await sharp(file).metadata();
  return Promise.all(
    SHRINKS.map(async (shrink) => {
      const [wid, hei] = [Math.round(width / shrink), Math.round(height / shrink)];
      const got = await render(`/is/image/picture.png?wid=${wid}&hei=${hei}&fit=stretch&resMode=sharp2&fmt=png`);
      return likeness(got, await pixelsOf(sharp(file).resize(wid, hei, { kernel: "lanczos3", fit: "fill" })));
    }),
  );
}

/**
 * Both weigh by Lanczos' filter of three lobes and round once or twice to whole levels: libvips quantises its weights, and
 * rounds between rows and columns.
 */
const LIKE = 45;

describe("scaled as libvips scales", () => {
  test.each(QUALITIES)("the golden photograph, with ScaleQuality %s", async (quality) => {
    for (const each of await scaledLikeness(pngOf(photo()), quality)) expect(each).toBeGreaterThan(LIKE);
  });
});

describeCorpus("kodak", (files) => {
  test.each(files.flatMap((file) => QUALITIES.map((quality) => ({ file, name: file.name, quality }))))(
    "$name is scaled as libvips scales it, with ScaleQuality $quality",
    async ({ file, quality }) => {
      for (const each of await scaledLikeness(file.read(), quality)) expect(each).toBeGreaterThan(LIKE);
    },
  );
});

describe("turned as libvips turns, to the level", () => {
  const FLIPS = { "": [false, false], lr: [true, false], ud: [false, true], lrud: [true, true] } as const;

  test.each(SPECIFIED.map(([orientation]) => orientation))("a file that lies as %i", async (orientation) => {
    const sources = await goldenSources();
    const render = rendererOn(sources);
    const object = `/is/image/lying-${orientation}.jpg`;
    // As it lies: what both then turn is the same, whatever each of them would have decoded.
    const lying = await rendererOn(sources, { AutoOrient: "0" })(`${object}?fmt=png`);
    const tagged = await raw(lying).withMetadata({ orientation }).png().toBuffer();
    const upright = await pixelsOf(sharp(tagged).autoOrient());
    for (const [flip, [across, down]] of Object.entries(FLIPS)) {
      for (const angle of [0, 90, 180, 270]) {
        // One thing after the other: libvips has an order of its own otherwise.
        const flipped = await pixelsOf(raw(upright).flop(across).flip(down));
        const turned = await pixelsOf(raw(flipped).rotate(angle));
        for (const [last, [acrossLast, downLast]] of Object.entries(FLIPS)) {
          const want = await pixelsOf(raw(turned).flop(acrossLast).flip(downLast));
          const layer = `layer=0${flip === "" ? "" : `&flip=${flip}`}&rotate=${angle}`;
          const url = `${object}?${layer}&layer=comp${last === "" ? "" : `&flip=${last}`}&fmt=png`;
          expect(`${url}: ${largestDifference(await render(url), want)}`).toBe(`${url}: 0`);
        }
      }
    }
  });
});

describe("blurred as libvips blurs", () => {
  test.each([0.7, 1, 2, 3.5, 5, 8, 12, 20, 40])("by a radius of %f", async (radius) => {
    const file = pngOf(photo());
    const got = await rendererOn(new Map([["picture.png", file]]))(`/is/image/picture.png?op_blur=${radius}&fmt=png`);
    const want = await pixelsOf(sharp(file).blur({ sigma: radius / 2, precision: "float", minAmplitude: 0.01 }));
    // Weights below a hundredth of the largest are left out there: half a per cent of all.
    expect(largestDifference(got, want)).toBeLessThanOrEqual(2);
  });
});

describe("a radius is of the pixels in which it is given, whatever is scaled then", () => {
  const file = pngOf(photo());
  const sized = (width: number, height: number, image: Sharp) =>
    image.resize(width, height, { kernel: "lanczos3", fit: "fill" });

  test.each<readonly [modifiers: string, want: () => Promise<Raster>]>([
    ["op_blur=12&wid=80", async () => pixelsOf(sized(80, 60, raw(await blurred(await whole(), 6))))],
    ["layer=0&op_blur=12&layer=comp&wid=80", async () => pixelsOf(sized(80, 60, raw(await blurred(await whole(), 6))))],
    ["size=80,0&layer=0&op_blur=6", async () => blurred(await pixelsOf(sized(80, 60, sharp(file))), 3)],
    [
      "size=80,0&op_blur=6&layer=comp&wid=40",
      async () => pixelsOf(sized(40, 30, raw(await blurred(await pixelsOf(sized(80, 60, sharp(file))), 3)))),
    ],
    [
      "op_blur=12&wid=160&hei=60&fit=stretch",
      async () => pixelsOf(sized(160, 60, raw(await blurred(await whole(), 6)))),
    ],
  ])("%s", async (modifiers, want) => {
    const got = await rendererOn(new Map([["picture.png", file]]))(`/is/image/picture.png?${modifiers}&fmt=png`);
    // Blurred and scaled in either order is the same but for edges and rounding: 50 dB is a level here and there.
    expect(likeness(got, await want())).toBeGreaterThan(LIKE);
  });

  const whole = () => pixelsOf(sharp(file));
  const blurred = (raster: Raster, sigma: number) =>
    pixelsOf(raw(raster).blur({ sigma, precision: "float", minAmplitude: 0.01 }));
});
