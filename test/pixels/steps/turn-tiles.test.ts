import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldOf } from "../../../src/pixels/steps/turn-tiles.ts";
import type { Rect } from "../../../src/plan/size.ts";
import type { Affine, Turn } from "../../../src/plan/steps.ts";

const aFactor = fc.oneof(
  fc.double({ min: -1.5, max: 1.5, noNaN: true }),
  fc.double({ min: -500, max: 500, noNaN: true }),
  // Sines and cosines of right angles, as they are.
  fc.constantFrom(0, 1, -1, Math.sin(Math.PI), Math.cos(Math.PI / 2)),
);
const aStart = fc.oneof(fc.integer({ min: -9000, max: 9000 }), fc.double({ min: -9000, max: 9000, noNaN: true }));
const aMap: fc.Arbitrary<Affine> = fc.record({
  xx: aFactor,
  xy: aFactor,
  x0: aStart,
  yx: aFactor,
  yy: aFactor,
  y0: aStart,
});
const aCorner = fc.record({ x: fc.nat(900), y: fc.nat(900) });

const seen = { x: 10, y: -20, width: 300, height: 200 };
const stepOf = (from: Affine): Turn => ({
  step: "turn",
  size: { width: 1000, height: 1000 },
  from,
  seen,
  filter: "bicub",
});

/** The largest tiles and ones that are cut off by the edge of the result. */
const aTile = (side: number): fc.Arbitrary<Rect> =>
  fc
    .tuple(aCorner, fc.integer({ min: 1, max: side }), fc.integer({ min: 1, max: side }), fc.boolean())
    .map(([at, width, height, isCut]) => (isCut ? { ...at, width, height } : { ...at, width: side, height: side }));

function checkTiles(check: (from: Affine, tile: Rect) => void, seed: number): void {
  const aCase = aMap.chain((from) => fc.tuple(fc.constant(from), aTile(fieldOf(stepOf(from)).side)));
  fc.assert(
    fc.property(aCase, ([from, tile]) => check(from, tile)),
    { seed, numRuns: 1000 },
  );
}

describe("a tile", () => {
  test("has all pixels under it that the kernel reads, as the kernel finds them", () => {
    checkTiles((from, tile) => {
      const field = fieldOf(stepOf(from));
      const under = field.under(tile);
      expect(under.width * under.height).toBeLessThanOrEqual(field.mostUnder);
      const { places } = field.map(tile, under);
      for (const [axis, length] of [under.width, under.height].entries()) {
        const [start = 0, across = 0, down = 0] = [places[axis], places[axis + 2], places[axis + 4]];
        for (let row = 0; row < tile.height; row++) {
          // Added up along a row, as the kernel does it.
          let place = start + row * down;
          for (let column = 0; column < tile.width; column++, place += across) {
            if (place > -1 && Math.floor(place / 1024) + 3 < length) continue;
            expect.fail(`column ${column}, row ${row}: place ${place / 1024} of ${length}`);
          }
        }
      }
    }, 1);
  });

  test("places a pixel one and a half before its point, in 1024ths that are rounded", () => {
    checkTiles((from, tile) => {
      const field = fieldOf(stepOf(from));
      const under = field.under(tile);
      const { places } = field.map(tile, under);
      const [i, j] = [tile.x + 0.5, tile.y + 0.5];
      const x = from.xx * i + from.xy * j + from.x0;
      const y = from.yx * i + from.yy * j + from.y0;
      expect((places[0] ?? 0) - 0.5).toBeCloseTo((x - 1.5 - under.x) * 1024, 4);
      expect((places[1] ?? 0) - 0.5).toBeCloseTo((y - 1.5 - under.y) * 1024, 4);
    }, 2);
  });

  test("is called unseen only where no pixel of it is covered", () => {
    let unseen = 0;
    checkTiles((from, tile) => {
      const field = fieldOf(stepOf(from));
      if (!field.isUnseen(tile)) return;
      unseen++;
      const [scaleX, scaleY] = [Math.hypot(from.xx, from.xy), Math.hypot(from.yx, from.yy)];
      for (let j = tile.y + 0.5; j < tile.y + tile.height; j++) {
        for (let i = tile.x + 0.5; i < tile.x + tile.width; i++) {
          const x = from.xx * i + from.xy * j + from.x0;
          const y = from.yx * i + from.yy * j + from.y0;
          const nearest = Math.min(
            (x - seen.x) / scaleX,
            (seen.x + seen.width - x) / scaleX,
            (y - seen.y) / scaleY,
            (seen.y + seen.height - y) / scaleY,
          );
          if (nearest > -0.5 + 1e-9) expect.fail(`pixel ${i}, ${j} is ${nearest} inside`);
        }
      }
    }, 3);
    expect(unseen).toBeGreaterThan(100);
  });

  test("is 64 pixels a side at scales around 1, and smaller the more a map shrinks", () => {
    const sideAt = (scale: number) =>
      fieldOf(stepOf({ xx: 0.8 * scale, xy: 0.6 * scale, x0: 0, yx: -0.6 * scale, yy: 0.8 * scale, y0: 0 })).side;
    expect([0.5, 1, 1.9, 3, 5, 100, 1e6].map(sideAt)).toEqual([64, 64, 64, 32, 16, 2, 1]);
  });
});
