import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Frame } from "../../../src/codec/jpeg/frame.ts";
import { isDoubled, layoutOf, regionOf } from "../../../src/codec/jpeg/layout.ts";
import type { Rect } from "../../../src/plan/size.ts";

const SHRINKS = [1, 2, 4, 8] as const;

const aSide = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 65_535 }));
const factor = fc.constantFrom(1, 1, 1, 2, 2, 3, 4);
const aFrame: fc.Arbitrary<Frame> = fc
  .record({
    width: aSide,
    height: aSide,
    factors: fc
      .constantFrom(1, 3, 4)
      .chain((count) => fc.array(fc.record({ across: factor, down: factor }), { minLength: count, maxLength: count })),
  })
  .map(({ width, height, factors }) => ({
    progressive: false,
    size: { width, height },
    // As `readFrame` has it: a component that is alone has one block an MCU.
    components: factors.map((each, id) => ({
      ...(factors.length === 1 ? { across: 1, down: 1 } : each),
      id,
      quantisation: 0,
    })),
  }));
const aShrink = fc.constantFrom(...SHRINKS);
/** Where something begins and ends, as shares of a length. */
const share = fc.nat(10_000).map((parts) => parts / 10_000);
const shares = fc.tuple(share, share);

function spanOf([one, other]: readonly [number, number], length: number): readonly [at: number, length: number] {
  const at = Math.min(length - 1, Math.floor(Math.min(one, other) * length));
  return [at, Math.max(1, Math.ceil(Math.max(one, other) * length) - at)];
}

const RUNS = { numRuns: 2000 };

describe("a layout", () => {
  test("has all pixels of the picture, in whole MCUs of which none is beyond it", () => {
    fc.assert(
      fc.property(aFrame, aShrink, (frame, shrink) => {
        const { size, units, unit } = layoutOf(frame, shrink);
        for (const side of ["width", "height"] as const) {
          expect(size[side]).toBe(Math.ceil(frame.size[side] / shrink));
          expect(units[side] * unit[side]).toBeGreaterThanOrEqual(size[side]);
          expect((units[side] - 1) * unit[side] * shrink).toBeLessThan(frame.size[side]);
        }
      }),
      RUNS,
    );
  });

  test("has no more samples than pixels in any direction, and of the component with the largest factors as many", () => {
    fc.assert(
      fc.property(aFrame, aShrink, (frame, shrink) => {
        const { planes, unit } = layoutOf(frame, shrink);
        for (const { component, side, across, down } of planes) {
          for (const { samples, pixels } of [across, down]) expect(samples).toBeLessThanOrEqual(pixels);
          expect(component.across * side * across.pixels).toBe(unit.width * across.samples);
          expect(component.down * side * down.pixels).toBe(unit.height * down.samples);
        }
        expect(Math.max(...planes.map(({ across }) => across.samples / across.pixels))).toBe(1);
        expect(Math.max(...planes.map(({ down }) => down.samples / down.pixels))).toBe(1);
      }),
      RUNS,
    );
  });

  test("shrinks a component of fewer samples less, as far as its samples fit the pixels", () => {
    fc.assert(
      fc.property(aFrame, aShrink, (frame, shrink) => {
        const { planes, unit } = layoutOf(frame, shrink);
        for (const { component, side } of planes) {
          const sides = SHRINKS.filter((each) => each >= 8 / shrink);
          const fits = (each: number) =>
            each === 8 / shrink ||
            (unit.width % (component.across * each) === 0 && unit.height % (component.down * each) === 0);
          expect(side).toBe(Math.max(...sides.filter((each) => sides.every((less) => less > each || fits(less)))));
        }
      }),
      RUNS,
    );
  });

  test("counts the samples of each component that belong to the picture, and the blocks of one that comes alone", () => {
    fc.assert(
      fc.property(aFrame, aShrink, (frame, shrink) => {
        const { planes } = layoutOf(frame, shrink);
        const most = {
          across: Math.max(...frame.components.map(({ across }) => across)),
          down: Math.max(...frame.components.map(({ down }) => down)),
        };
        for (const { component, side, size, blocks } of planes) {
          // T.81, A.1.1 and A.2.2.
          const [x, y] = [
            Math.ceil((frame.size.width * component.across) / most.across),
            Math.ceil((frame.size.height * component.down) / most.down),
          ];
          expect(blocks).toEqual({ width: Math.ceil(x / 8), height: Math.ceil(y / 8) });
          if (side === 8) expect(size).toEqual({ width: x, height: y });
          expect(size.width).toBeLessThanOrEqual(Math.ceil((x * side) / 8));
          expect(size.width * 8).toBeGreaterThanOrEqual((frame.size.width * component.across * side) / most.across);
          expect(size.height * 8).toBeGreaterThanOrEqual((frame.size.height * component.down * side) / most.down);
        }
      }),
      RUNS,
    );
  });

  test("lags a row just where a component is doubled down", () => {
    fc.assert(
      fc.property(aFrame, aShrink, (frame, shrink) => {
        const { planes, lag } = layoutOf(frame, shrink);
        expect(lag).toBe(planes.some(({ down }) => isDoubled(down)) ? 1 : 0);
      }),
    );
  });

  const chroma = (across: number, down: number, shrink: (typeof SHRINKS)[number]) =>
    layoutOf(
      {
        progressive: false,
        size: { width: 100, height: 60 },
        components: [
          { id: 1, across, down, quantisation: 0 },
          { id: 2, across: 1, down: 1, quantisation: 0 },
          { id: 3, across: 1, down: 1, quantisation: 0 },
        ],
      },
      shrink,
    ).planes[1];

  // libjpeg's jdmaster.c: 4:2:0 at 1/2 needs no upsampling.
  test.each([
    ["4:2:0", 2, 2, 1, 8, "1:2", "1:2"],
    ["4:2:0", 2, 2, 2, 8, "1:1", "1:1"],
    ["4:2:0", 2, 2, 8, 2, "1:1", "1:1"],
    ["4:2:2", 2, 1, 1, 8, "1:2", "1:1"],
    ["4:2:2", 2, 1, 2, 4, "1:2", "1:1"],
    ["4:4:0", 1, 2, 4, 2, "1:1", "1:2"],
    ["4:1:1", 4, 1, 1, 8, "1:4", "1:1"],
    ["4:1:0", 4, 2, 2, 8, "1:2", "1:1"],
    ["three to one", 3, 3, 4, 2, "1:3", "1:3"],
    ["three to one", 3, 3, 1, 8, "1:3", "1:3"],
  ] as const)("of %s (%i × %i) at 1/%i has chroma blocks of %i samples, %s across and %s down", (...row) => {
    const [, across, down, shrink, side, ratioAcross, ratioDown] = row;
    const plane = chroma(across, down, shrink);
    expect(plane?.side).toBe(side);
    expect(`${plane?.across.samples}:${plane?.across.pixels}`).toBe(ratioAcross);
    expect(`${plane?.down.samples}:${plane?.down.pixels}`).toBe(ratioDown);
  });
});

describe("a region", () => {
  /** Any layout, and any part of it in whole pixels. */
  const aCase = fc.tuple(aFrame, aShrink, shares, shares).map(([frame, shrink, across, down]) => {
    const layout = layoutOf(frame, shrink);
    const [x, width] = spanOf(across, layout.size.width);
    const [y, height] = spanOf(down, layout.size.height);
    const wanted: Rect = { x, y, width, height };
    return { layout, wanted, region: regionOf(layout, wanted) };
  });

  test("holds all wanted pixels: columns of whole MCUs, rows exactly", () => {
    fc.assert(
      fc.property(aCase, ({ layout: { size, units, unit }, wanted, region }) => {
        const { pixels, fromColumn, toColumn, fromRow, toRow } = region;
        expect(pixels.x).toBeLessThanOrEqual(wanted.x);
        expect(pixels.x + pixels.width).toBeGreaterThanOrEqual(wanted.x + wanted.width);
        expect(pixels).toMatchObject({ y: wanted.y, height: wanted.height });
        expect(pixels.x).toBe(fromColumn * unit.width);
        expect(pixels.x + pixels.width).toBe(Math.min(size.width, toColumn * unit.width));
        expect(fromRow * unit.height).toBeLessThanOrEqual(wanted.y);
        expect(toRow * unit.height).toBeGreaterThanOrEqual(Math.min(size.height, wanted.y + wanted.height));
        expect(Math.min(fromColumn, fromRow)).toBeGreaterThanOrEqual(0);
        expect(toColumn).toBeLessThanOrEqual(units.width);
        expect(toRow).toBeLessThanOrEqual(units.height);
      }),
      RUNS,
    );
  });

  test("has the MCUs beside it just where a sample of them is interpolated with, and no others", () => {
    const seen = { across: 0, down: 0, neither: 0 };
    fc.assert(
      fc.property(aCase, ({ layout: { planes, units, unit }, wanted, region }) => {
        const across = planes.some((plane) => isDoubled(plane.across)) ? 1 : 0;
        const down = planes.some((plane) => isDoubled(plane.down)) ? 1 : 0;
        seen.across += across;
        seen.down += down;
        if (across + down === 0) seen.neither++;
        // The MCUs of the wanted pixels and of those beside them, one by one.
        const columnOf = (x: number) => Math.min(units.width - 1, Math.max(0, Math.floor(x / unit.width)));
        const rowOf = (y: number) => Math.min(units.height - 1, Math.max(0, Math.floor(y / unit.height)));
        expect(region.fromColumn).toBe(columnOf(wanted.x - across));
        expect(region.toColumn).toBe(columnOf(wanted.x + wanted.width - 1 + across) + 1);
        expect(region.fromRow).toBe(rowOf(wanted.y - down));
        expect(region.toRow).toBe(rowOf(wanted.y + wanted.height - 1 + down) + 1);
      }),
      RUNS,
    );
    expect(Math.min(seen.across, seen.down, seen.neither)).toBeGreaterThan(0);
  });

  // Every edge of every MCU: 4:2:0 needs those beside it in both directions, at 1/2 in none.
  test.each([1, 2] as const)("of each part of a small 4:2:0 picture at 1/%i has what it needs", (shrink) => {
    const components = [2, 1, 1].map((factor, id) => ({ id, across: factor, down: factor, quantisation: 0 }));
    const size = { width: 70, height: 50 };
    const layout = layoutOf({ progressive: false, size, components }, shrink);
    const beside = shrink === 1 ? 1 : 0;
    for (let from = 0; from < layout.size.width; from++) {
      for (let to = from + 1; to <= layout.size.width; to++) {
        const { fromColumn, toColumn } = regionOf(layout, { x: from, y: 0, width: to - from, height: 1 });
        const columns = Array.from({ length: layout.units.width }, (_, column) => column * layout.unit.width);
        const needed = columns.filter((x) => x < to + beside && x + layout.unit.width > from - beside);
        expect([fromColumn, toColumn]).toEqual([
          columns.indexOf(needed[0] ?? -1),
          columns.indexOf(needed[0] ?? -1) + needed.length,
        ]);
      }
    }
    for (let from = 0; from < layout.size.height; from++) {
      for (let to = from + 1; to <= layout.size.height; to++) {
        const { fromRow, toRow } = regionOf(layout, { x: 0, y: from, width: 1, height: to - from });
        const rows = Array.from({ length: layout.units.height }, (_, row) => row * layout.unit.height);
        const needed = rows.filter((y) => y < to + beside && y + layout.unit.height > from - beside);
        expect([fromRow, toRow]).toEqual([
          rows.indexOf(needed[0] ?? -1),
          rows.indexOf(needed[0] ?? -1) + needed.length,
        ]);
      }
    }
  });
});
