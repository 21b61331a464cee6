import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Rgb } from "../../src/protocol/rgb.ts";
import { rendererOn } from "../golden/rendering.ts";
import { badge } from "../golden/sources/badge.ts";
import { pngOf, readPng } from "../support/charts.ts";
import { describeCorpus } from "../support/corpus.ts";
import { partOf } from "../support/pictures.ts";
import { excess, type Reach, withHidden, wronglyHalved } from "./halos.ts";
import { tiledRequests } from "./tiles.ts";

const PAPERS: readonly (readonly [bgc: string, colour: Rgb])[] = [
  ["ffffff", [255, 255, 255]],
  ["000000", [0, 0, 0]],
];

/** A point of the picture turned by so many degrees about its middle, as the box around it has it. */
function turnedBack({ width, height }: Raster["size"], angleDeg: number): Reach["from"] {
  const [cos, sin] = [Math.cos((angleDeg * Math.PI) / 180), Math.sin((angleDeg * Math.PI) / 180)];
  const across = (width * Math.abs(cos) + height * Math.abs(sin)) / 2;
  const down = (width * Math.abs(sin) + height * Math.abs(cos)) / 2;
  return (x, y) => ({
    x: (x - across) * cos + (y - down) * sin + width / 2,
    y: (y - down) * cos - (x - across) * sin + height / 2,
  });
}

const here = (x: number, y: number) => ({ x, y });
const scaledBy = (shrink: number) => (x: number, y: number) => ({ x: x * shrink, y: y * shrink });

/**
 * What may be made of a picture, and how its pixels come about; a triangle and a Gaussian have no negative weights. Sharpening
 * is not among them: it cuts colours and alpha off each for itself, and knows no bound but that what is hidden may be anything.
 */
const OPERATIONS: readonly (readonly [modifiers: string, reach: (size: Raster["size"]) => Reach])[] = [
  ["scl=2&resMode=bilin", () => ({ from: scaledBy(2), radius: 3, weights: 1 })],
  ["scl=4&resMode=bilin", () => ({ from: scaledBy(4), radius: 5, weights: 1 })],
  ["scl=0.5&resMode=bilin", () => ({ from: scaledBy(0.5), radius: 2, weights: 1 })],
  // Lanczos' filter of three lobes has 1.35 on an axis, Keys' cubic 1.25.
  ["scl=2&resMode=sharp2", () => ({ from: scaledBy(2), radius: 7, weights: 1.35 ** 2 })],
  ["scl=2&resMode=bicub", () => ({ from: scaledBy(2), radius: 5, weights: 1.25 ** 2 })],
  ["op_blur=3", () => ({ from: here, radius: 8, weights: 1 })],
  ["layer=0&op_blur=7", () => ({ from: here, radius: 16, weights: 1 })],
  ["rotate=30&resMode=bilin", (size) => ({ from: turnedBack(size, 30), radius: 2.5, weights: 1 })],
  ["rotate=-101&resMode=bilin&scl=2", (size) => ({ from: doubled(turnedBack(size, -101)), radius: 5, weights: 1 })],
];

function doubled(from: Reach["from"]): Reach["from"] {
  return (x, y) => from(2 * x, 2 * y);
}

/** Where something is darker, or lighter, than what is seen around it and what it lies on; empty where nothing is. */
async function halos(source: Raster): Promise<readonly string[]> {
  const render = rendererOn(new Map([["picture.png", pngOf(source)]]));
  const found: string[] = [];
  for (const [modifiers, reach] of OPERATIONS) {
    for (const [bgc, background] of PAPERS) {
      const got = await render(`/is/image/picture.png?${modifiers}&bgc=${bgc}&fmt=png`);
      const levels = excess(got, source, background, reach(source.size));
      if (levels > 0) found.push(`${modifiers} over ${bgc}: ${levels.toFixed(1)} levels`);
    }
  }
  return found;
}

describe("what is transparent casts no halo", () => {
  test("around the badge", async () => {
    expect(await halos(badge())).toEqual([]);
  });

  test("and a mean of colours that is taken without their alpha would be found", () => {
    const reach = { from: scaledBy(2), radius: 3, weights: 1 };
    for (const [, background] of PAPERS) {
      expect(excess(wronglyHalved(badge(), background), badge(), background, reach)).toBeGreaterThan(5);
    }
  });

  test("and its colour, where it is not seen at all, may be any", async () => {
    const render = rendererOn(
      new Map([
        ["one.png", pngOf(withHidden(badge(), [255, 0, 255]))],
        ["other.png", pngOf(withHidden(badge(), [0, 255, 0]))],
        ["mask.png", pngOf(badge())],
      ]),
    );
    // To use the hidden, or to look at it, is what some commands are for.
    const requests = tiledRequests.filter((request) => !/mask/.test(request));
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const [one, other] = [await render(`/is/image/one?${request}`), await render(`/is/image/other?${request}`)];
        const at = one.data.findIndex((value, index) => value !== other.data[index]);
        expect(`${request}: ${at}`).toBe(`${request}: -1`);
      }),
      { numRuns: 250 },
    );
  });
});

describeCorpus("misc", (files) => {
  const paper = files.find(({ name }) => name === "alpha-premultiply-1024x768-paper.png");
  test.skipIf(paper === undefined)("nothing is darker or lighter around torn paper than paper and ground", async () => {
    // A part of it that has all kinds of edges: the whole takes half a minute.
    const whole = readPng(paper?.read() ?? new Uint8Array());
    const part = partOf(whole, { x: 500, y: 40, width: 260, height: 180 });
    expect(await halos(part)).toEqual([]);
    const reach = { from: scaledBy(2), radius: 3, weights: 1 };
    const wrong = PAPERS.map(([, colour]) => excess(wronglyHalved(part, colour), part, colour, reach));
    expect(Math.max(...wrong)).toBeGreaterThan(10);
  });
});
