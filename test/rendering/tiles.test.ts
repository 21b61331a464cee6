import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rendererOn } from "../golden/rendering.ts";
import { goldenSources } from "../golden/sources.ts";
import { tileDifference, tiledRequests, tilePlaces, tileText } from "./tiles.ts";

/**
 * Whole pixels are asked for in both, but what is computed on the way is rounded at other places: weights of a turn to
 * 1024ths of a pixel, the cells of a wide blur lie on another grid, and what a filter reaches of ends after three
 * standard deviations. By themselves these are one level, and two in four of two thousand tiles.
 */
const TOLERANCE = 2;
/** What sharpening by 1.2 makes of a difference. */
const SHARPENED = 2.2;
/**
 * Where a difference from the blur is just at the threshold of an unsharp mask, a level decides whether it is added: single
 * pixels are then off by amount · threshold.
 */
const AMOUNT = 1.2;
/** The part of a tile that may be off by more than two levels, beside what thresholds decide. */
const VISIBLE = 0.02;

/** The same tiles every time, so that what was green stays green; others by TILES_SEED. */
const SEED = Number(process.env.TILES_SEED ?? 20_261_123);

const SOURCES = ["photo.jpg", "badge.png", "chart.png", "lying-6.jpg"] as const;
const sources = await goldenSources();
const WAYS = [
  ["fast", {}, 450],
  ["exact", { ScaleQuality: "exact" }, 200],
  ["in linear light", { LinearLight: "1" }, 150],
] as const;

describe("a tile is a part of the whole", () => {
  // All of these once were not, or were said not to be.
  test.each([
    // Laid on the background while it was scaled, or later, by what else was to be done.
    ["badge.png?crop=37,18,65,75&fmt=png", { x: 0, y: 0, width: 17, height: 42, scale: 0.31 }],
    // Boxes of pixels that were averaged lay elsewhere.
    [
      "chart.png?wid=60&hei=55&fit=crop,1&rotate=-80&op_sharpen=1&layer=0&op_sharpen=1&layer=comp&fmt=png",
      { x: 0, y: 0, width: 49, height: 8, scale: 0.31 },
    ],
    // The corner of what was turned showed beside the view.
    ["photo.jpg?rotate=49&wid=86&resMode=bicub&fmt=png-alpha", { x: -3, y: 0, width: 38, height: 52, scale: 1 }],
    ["photo.jpg?size=50,0&fmt=png", { x: 500, y: 500, width: 10, height: 10, scale: 2 }],
    // Not wrong: the threshold lies just between what the tile and the whole have, along a whole contour.
    ["photo.jpg?op_blur=8.77&op_usm=1.2,5.51,3&fmt=png", { x: 0, y: 78, width: 15, height: 2, scale: 1 }],
  ])("%s, %j", async (request, tile) => {
    for (const [, vars] of WAYS) expect(await complaint(request, tile, rendererOn(sources, vars))).toBe("");
  });

  test.each(WAYS)("whatever is asked, %s", async (_, vars, numRuns) => {
    const render = rendererOn(sources, vars);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...SOURCES), tiledRequests, tilePlaces, async (source, modifiers, place) => {
        const request = `${source}?${modifiers}`;
        const { width, height } = await scaledView(request, place.scale, render);
        const tile = { ...place, x: Math.round(place.x * width), y: Math.round(place.y * height) };
        const where = `${request}&${tileText(tile)}`;
        expect(`${where}: ${await complaint(request, tile, render)}`).toBe(`${where}: `);
      }),
      { numRuns, seed: SEED },
    );
  });
});

/** What a tile differs from the whole by, where that is too much. */
async function complaint(
  request: string,
  tile: Parameters<typeof tileText>[0],
  render: ReturnType<typeof rendererOn>,
): Promise<string> {
  const url = `/is/image/${request}`;
  const { width, height } = await scaledView(request, tile.scale, render);
  const all = tileText({ x: 0, y: 0, width, height, scale: tile.scale });
  const whole = await render(`${url}&${all}`);
  const got = await render(`${url}&${tileText(tile)}`);
  const beyond = request.includes("alpha") ? [0, 0, 0, 0] : [255, 255, 255, 255];
  const few = Math.max(1, VISIBLE * tile.width * tile.height);
  const { most, visible, where } = tileDifference(got, tile, [whole], beyond);
  if (most > allowed(request)) return where;
  if (visible <= few) return "";
  const others = await Promise.all([-1, 1].map((more) => render(`${withThresholds(url, more)}&${all}`)));
  const beside = tileDifference(got, tile, [whole, ...others], beyond);
  return beside.visible > few ? `${beside.where}, ${beside.visible} pixels are visibly off` : "";
}

/** The same with thresholds of so many levels more: what is at a threshold is sharpened in one of them and not in another. */
function withThresholds(request: string, more: number): string {
  return request.replace(/(op_usmR?=[\d.]+,[\d.]+,)(\d+)/g, (_, before, least) =>
    Number(least) === 0 ? `${before}0` : `${before}${Number(least) + more}`,
  );
}

/** Levels by which a pixel may be off: every sharpening makes more of what the one before left. */
function allowed(request: string): number {
  const thresholds = [...request.matchAll(/op_(?:sharpen=1|usmR?=[\d.]+,[\d.]+,(\d+))/g)].map(([, least = "0"]) =>
    Number(least),
  );
  return thresholds.reduce((most, least) => most * SHARPENED + least * AMOUNT, TOLERANCE);
}

/** The size of the view at a scale: halves rounded up, at least a pixel. */
async function scaledView(request: string, scale: number, render: ReturnType<typeof rendererOn>) {
  const { size } = await render(`/is/image/${request}`);
  const rounded = (length: number) => Math.max(1, Math.floor(length * scale + 0.5));
  return { width: rounded(size.width), height: rounded(size.height) };
}
