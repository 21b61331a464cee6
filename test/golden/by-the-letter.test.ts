import fc from "fast-check";
import { encode } from "fast-png";
import { describe, expect, test } from "vitest";
import { type Grid, gridOf, rendered } from "../oracle/by-the-letter.ts";
import { pngOf } from "../support/charts.ts";
import { picture } from "../support/pictures.ts";
import { askedBy, rendererOn } from "./rendering.ts";

const WIDTH = 13;
const HEIGHT = 9;

/** Every pixel tells where it comes from: its column in red, its row in green. */
const chart = picture({ width: WIDTH, height: HEIGHT }, (x, y) => [x * 19, y * 28, 100 + ((x * y) % 5) * 30, 255]);
/** The same with an alpha of all strengths, the fully transparent garish. */
const glass = picture({ width: WIDTH, height: HEIGHT }, (x, y) => [x * 19, y * 28, 255, ((x + 2 * y) % 6) * 51]);
const mask = picture({ width: WIDTH, height: HEIGHT }, (x, y) => {
  const gray = ((2 * x + y) % 4) * 85;
  return [gray, gray, gray, 255];
});

const render = rendererOn(
  new Map([
    ["chart.png", pngOf(chart)],
    ["glass.png", pngOf(glass)],
    // Without an alpha channel, which would be preferred to what it shows.
    ["mask.png", encode({ ...mask.size, data: mask.data.filter((_, at) => at % 4 === 0), channels: 1 })],
  ]),
);
const grids = { chart: grid(chart), glass: grid(glass), mask: grid(mask) };

function grid({ size, data }: typeof chart): Grid {
  return gridOf({ ...size, data });
}

/** Largest difference of the reply from what the protocol says, and where it is. */
async function difference(source: "chart" | "glass", modifiers: string): Promise<string> {
  const opaque = !/fmt=png-alpha/.test(modifiers);
  const url = `/is/image/${source}?${modifiers}${opaque ? "&fmt=png" : ""}`;
  const asked = askedBy(url);
  const masked = asked.layers.some(({ commands }) => commands.mask !== undefined);
  const expected = rendered(asked, grids[source], masked ? grids.mask : undefined, opaque);
  const { size, data } = await render(url);
  const got = gridOf({ ...size, data });
  if (got.width !== expected.width || got.height !== expected.height) {
    return `${got.width} × ${got.height} instead of ${expected.width} × ${expected.height}`;
  }
  let worst = 0;
  let where = "";
  for (let y = 0; y < got.height; y++) {
    for (let x = 0; x < got.width; x++) {
      const one = got.at(x, y);
      const other = expected.at(x, y);
      // Of what is hardly there the colour is hardly known: it counts as much as it is seen.
      const seen = other[3] / 255;
      const off = Math.max(
        Math.abs(one[3] - other[3]),
        ...[0, 1, 2].map((channel) => Math.abs((one[channel] ?? 0) - (other[channel] ?? 0)) * seen),
      );
      if (off > worst) {
        worst = off;
        where = `${off} at ${x}, ${y}: ${one} instead of ${other}`;
      }
    }
  }
  return worst > TOLERANCE ? where : "";
}

/** Every stage rounds to whole levels, and a stage follows another: opacity, two colours, the background. */
const TOLERANCE = 2.5;

const integer = (min: number, max: number) => fc.integer({ min, max });
const colour = fc.constantFrom("ff0000", "00ff0080", "0,0,255", "50", "20,40,60,200", "0x8040ff01");
const flip = fc.constantFrom("lr", "ud", "lrud");
const side = integer(1, 16);

/** Modifiers that scale nothing. */
const modifier = fc.oneof(
  fc.tuple(integer(-5, 12), integer(-5, 9), side, side).map((crop) => `crop=${crop}`),
  fc.constantFrom("cropN=0.5,0.25,0.5,0.5", "cropN=-0.25,0,1.5,1", "crop=0,0,0,0", "scale=1"),
  flip.map((way) => `flip=${way}`),
  flip.map((way) => `layer=0&flip=${way}&layer=comp`),
  fc.constantFrom(90, 180, 270, -90, 450).map((angle) => `rotate=${angle}`),
  fc.tuple(integer(-3, 6), integer(-3, 6), integer(-3, 6), integer(-3, 6)).map((margins) => `extend=${margins}`),
  fc.constantFrom("extendN=0.25,0.1,-0.1,0.5"),
  colour.map((value) => `color=${value}`),
  colour.map((value) => `bgColor=${value}`),
  colour.map((value) => `bgc=${value}`),
  fc.tuple(integer(0, 100), integer(0, 100)).map((opacity) => `opac=${opacity}`),
  integer(0, 100).map((opacity) => `layer=0&opac=${opacity}&layer=comp`),
  fc.constantFrom("maskUse=off", "maskUse=invert", "maskUse=norm", "mask=mask", "mask=mask&maskUse=invert"),
  fc.tuple(integer(-4, 9), integer(-4, 9), side, side).map((region) => `rgn=${region}`),
  fc.tuple(integer(-4, 9), integer(-4, 9), side, side).map((part) => `rect=${part}`),
  fc.tuple(side, side).map(([width, height]) => `scl=1&wid=${width}&hei=${height}`),
  fc.constantFrom("scl=1&wid=20", "scl=1&hei=5", "align=-1,1", "align=0.5,-0.3", "fmt=png-alpha", "anchor=3,3"),
);

describe("every pixel of the reply comes from where the protocol says", () => {
  test.each([
    "",
    "crop=-3,-2,20,15&color=ff000080&bgColor=0000ff",
    "crop=2,1,7,5&rotate=90&flip=lr&extend=1,2,3,4&bgColor=ff000080&fmt=png-alpha",
    "layer=0&flip=lr&layer=comp&flip=ud&rotate=270",
    "mask=mask&maskUse=invert&color=00ff00&opac=50",
    "scl=1&wid=20&hei=20&rgn=2,2,4,4&align=-1,0",
    "scl=1&rect=-3,-3,10,10&bgc=00ff00",
    "fit=crop&wid=9&hei=9&rect=-5,-5,20,20",
  ])("%s", async (modifiers) => {
    for (const source of ["chart", "glass"] as const) expect(await difference(source, modifiers)).toBe("");
  });

  test("in whatever way commands meet", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("chart", "glass"),
        fc.array(modifier, { minLength: 1, maxLength: 8 }),
        async (source, modifiers) => {
          const text = modifiers.join("&");
          const refused = await difference(source, text).catch((thrown: Error) => thrown.message);
          // A layer of which nothing is left is refused, as it should be.
          if (!/wants something of the layer left/.test(refused)) expect(`${text}: ${refused}`).toBe(`${text}: `);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
