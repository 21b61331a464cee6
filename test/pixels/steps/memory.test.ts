import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Kernels } from "../../../src/pixels/kernels.ts";
import { filledRaster } from "../../../src/pixels/raster.ts";
import { fadeBytes, fadeInto } from "../../../src/pixels/steps/fade.ts";
import { fillBytes, fillInto } from "../../../src/pixels/steps/fill.ts";
import { rescaleBytes, rescaleInto } from "../../../src/pixels/steps/rescale.ts";
import { turnBytes, turnInto } from "../../../src/pixels/steps/turn.ts";
import type { Work } from "../../../src/pixels/work.ts";
import type { Size } from "../../../src/plan/size.ts";
import type { Affine, Fade, Fill, Rescale, Turn } from "../../../src/plan/steps.ts";
import { FILTER_NAMES } from "../../oracle/filters.ts";
import { drive } from "../../support/driving.ts";
import { MODULES } from "../../support/wasm-modules.ts";

const kernels = new Kernels(MODULES.kernels);

/** Bytes of the arena that work has reserved when it is done. */
function reservedBy(work: Work): number {
  kernels.clear();
  const before = kernels.reserve(0);
  drive(work);
  return kernels.reserve(0) - before;
}

const aSize: fc.Arbitrary<Size> = fc.record({
  width: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(20_000)),
  height: fc.integer({ min: 1, max: 60 }),
});
const aFactor = fc.double({ min: -3, max: 3, noNaN: true });
const aMap: fc.Arbitrary<Affine> = fc.record({
  xx: aFactor,
  xy: aFactor,
  yx: aFactor,
  yy: aFactor,
  x0: fc.integer({ min: -100, max: 100 }),
  y0: fc.integer({ min: -100, max: 100 }),
});
const aFilter = fc.constantFrom(...FILTER_NAMES);
const whole = (size: Size) => ({ x: 0, y: 0, ...size });

describe("what a step says it reserves is what it reserves", () => {
  test("for fade and fill", () => {
    fc.assert(
      fc.property(aSize, (size) => {
        const raster = filledRaster(size, [1, 2, 3]);
        const fade: Fade = { step: "fade", within: whole(size), opacity: 0.5 };
        expect(reservedBy(fadeInto(kernels, raster, fade))).toBe(fadeBytes(fade));
        const fill: Fill = { step: "fill", within: whole(size), colour: [1, 2, 3], alpha: 0.5 };
        expect(reservedBy(fillInto(kernels, raster, fill))).toBe(fillBytes(fill));
        expect(fillBytes(fill)).toBeLessThan(70_000);
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test("for turn, by any map", () => {
    fc.assert(
      fc.property(aSize, aSize, aMap, aFilter, (source, size, from, filter) => {
        const raster = filledRaster({ ...source, width: Math.min(source.width, 300) }, [1, 2, 3]);
        const step: Turn = { step: "turn", size, from, seen: { x: -50, y: -50, width: 400, height: 300 }, filter };
        expect(reservedBy(turnInto(kernels, raster, filledRaster(size, undefined), step))).toBe(turnBytes(step));
      }),
      { seed: 2, numRuns: 40 },
    );
  });

  test("for rescale", () => {
    const fraction = fc.double({ min: 0, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(aSize, aSize, fraction, aFilter, (source, to, part, filter) => {
        const size = { width: Math.min(to.width, 300), height: to.height };
        const window = { x: source.width * part, y: -2, width: source.width * (1 - part), height: source.height + 1.5 };
        const step: Rescale = { step: "rescale", size, window, to: whole(size), filter };
        const work = rescaleInto(kernels, filledRaster(source, [1, 2, 3]), filledRaster(size, undefined), step);
        expect(reservedBy(work)).toBe(rescaleBytes(step, source));
      }),
      { seed: 3, numRuns: 40 },
    );
  });
});

describe("the memory of a turn", () => {
  const turned = (scale: number, size: Size): Turn => {
    const from = { xx: 0.6 * scale, xy: -0.8 * scale, x0: 0, yx: 0.8 * scale, yy: 0.6 * scale, y0: 0 };
    return { step: "turn", size, from, seen: { x: 0, y: 0, width: 9e4, height: 9e4 }, filter: "bicub" };
  };

  test("is a quarter of a megabyte for a picture of any size", () => {
    for (const side of [200, 4000, 60_000]) {
      expect(turnBytes(turned(1, { width: side, height: side }))).toBeLessThan(262_144);
    }
  });

  test("is never more than 0.7 megabytes, however much the map shrinks", () => {
    for (let scale = 1e-3; scale < 1e9; scale *= 1.3) {
      expect(turnBytes(turned(scale, { width: 3000, height: 3000 }))).toBeLessThan(720_000);
    }
  });
});
