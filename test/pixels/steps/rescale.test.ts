import fc from "fast-check";
import { expect, test } from "vitest";
import { filledRaster, type Raster } from "../../../src/pixels/raster.ts";
import { rescaleInto } from "../../../src/pixels/steps/rescale.ts";
import type { Rect, Size } from "../../../src/plan/size.ts";
import type { Rescale } from "../../../src/plan/steps.ts";
import { FILTER_NAMES, TEXTBOOK } from "../../oracle/filters.ts";
import { oracleResample } from "../../oracle/resample.ts";
import { drive } from "../../support/driving.ts";
import { roomyKernels } from "../../support/guarded.ts";
import { expectNear, expectNearPicture } from "../../support/near.ts";
import { noise, partOf, premultiplied } from "../../support/pictures.ts";

const kernels = roomyKernels();

function rescale(source: Raster, step: Rescale): Raster {
  kernels.clear();
  const to = filledRaster(step.size, undefined);
  drive(rescaleInto(kernels, source, to, step));
  return to;
}

/** As in resampler-oracle.test.ts: a level of alpha, and of a colour times its alpha, each rounded. */
const LEVELS = 1.1;

const aSize: fc.Arbitrary<Size> = fc.record({
  width: fc.integer({ min: 1, max: 40 }),
  height: fc.integer({ min: 1, max: 40 }),
});
const aFraction = fc.double({ min: 0, max: 1, noNaN: true });
/** From partly before the picture to partly behind it, with at least a pixel of it. */
const aSide = (length: number) =>
  fc.tuple(aFraction, aFraction).map(([begin, end]) => {
    const from = -length + begin * (2 * length - 1);
    const to = Math.max(1, from + 1) + end * (2 * length - Math.max(1, from + 1));
    return { from, covers: to - from };
  });
const aWindow = ({ width, height }: Size): fc.Arbitrary<Rect> =>
  fc
    .tuple(aSide(width), aSide(height))
    .map(([across, down]) => ({ x: across.from, y: down.from, width: across.covers, height: down.covers }));

test("a rescale lays the oracle's picture of the window where it belongs, and nothing elsewhere", () => {
  const aJob = aSize.chain((pixels) =>
    fc.record({
      pixels: fc.constant(pixels),
      seed: fc.nat(),
      window: aWindow(pixels),
      scaled: aSize,
      before: fc.record({ x: fc.nat(5), y: fc.nat(5) }),
      behind: fc.record({ x: fc.nat(5), y: fc.nat(5) }),
      filter: fc.constantFrom(...FILTER_NAMES),
    }),
  );
  fc.assert(
    fc.property(aJob, ({ pixels, seed, window, scaled, before, behind, filter }) => {
      const source = noise(pixels, seed, false);
      const to = { ...before, ...scaled };
      const size = { width: before.x + to.width + behind.x, height: before.y + to.height + behind.y };
      const got = rescale(source, { step: "rescale", size, window, to, filter });
      const wanted = oracleResample(source, { window, size: scaled, filter: TEXTBOOK[filter] });
      expectNear(premultiplied(partOf(got, to).data), premultiplied(wanted), LEVELS);
      const laid = partOf(got, to).data.reduce((sum, value) => sum + value, 0);
      expect(got.data.reduce((sum, value) => sum + value, 0)).toBe(laid);
    }),
    { seed: 6, numRuns: 200 },
  );
});

test("a rescale to the same size gives every visible pixel back, across several bands", () => {
  const source = noise({ width: 1000, height: 50 }, 9, true);
  const whole = { x: 0, y: 0, ...source.size };
  const got = rescale(source, { step: "rescale", size: source.size, window: whole, to: whole, filter: "sharp2" });
  expectNearPicture(got, source, 0);
});

test("a rescale takes rows that are longer than a band", () => {
  const source = noise({ width: 20_000, height: 4 }, 10, true);
  const window = { x: 0, y: 0, width: 20_000, height: 4 };
  const size = { width: 100, height: 4 };
  const got = rescale(source, { step: "rescale", size, window, to: { x: 0, y: 0, ...size }, filter: "bilin" });
  const wanted = oracleResample(source, { window, size, filter: TEXTBOOK.bilin });
  expectNear(got.data, wanted, LEVELS);
});
