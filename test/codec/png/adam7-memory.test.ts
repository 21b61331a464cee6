import { describe, expect, test, vi } from "vitest";
import { Adam7Rows, adam7Assembly, adam7Boxes, adam7Needs } from "../../../src/codec/png/adam7.ts";
import { FILTERS } from "../../../src/pixels/filters.ts";
import { needsOf } from "../../../src/pixels/needs.ts";
import type { Decoding } from "../../../src/plan/craft.ts";
import type { Rect, Size } from "../../../src/plan/size.ts";
import { roomyKernels } from "../../support/guarded.ts";
import { copying, scanlinesOf, strips } from "../../support/interlacing.ts";
import { noise } from "../../support/pictures.ts";

const kernels = roomyKernels();
const MEGABYTE = 1_000_000;

interface Asked {
  readonly window?: Rect;
  readonly alpha?: boolean;
  readonly linear?: boolean;
}

function decodingOf(source: Size, width: number, { window, alpha = false, linear = false }: Asked = {}): Decoding {
  const seen = window ?? { x: 0, y: 0, ...source };
  const size = { width, height: Math.max(1, Math.round((width * seen.height) / seen.width)) };
  const resampling = { source, window: seen, size, filter: FILTERS.sharp2, alpha, exact: false, linear };
  const { wanted, boxes } = needsOf(resampling);
  return { shrink: 1, wanted, ...(boxes === undefined ? {} : { boxes }) };
}

/** The buffers that are given back at once, in bytes. */
function givenBackBy(work: () => void): readonly number[] {
  const bytes: number[] = [];
  const { transfer } = ArrayBuffer.prototype;
  const spy = vi.spyOn(ArrayBuffer.prototype, "transfer").mockImplementation(function (this: ArrayBuffer, length) {
    bytes.push(this.byteLength);
    return transfer.call(this, length);
  });
  work();
  spy.mockRestore();
  return bytes;
}

const SOURCES: readonly Size[] = [
  { width: 1, height: 1 },
  { width: 9, height: 5 },
  { width: 333, height: 77 },
  { width: 80, height: 801 },
];

test("a part that may lie between the pixels of the first pass is a frame, whatever it is added up to", () => {
  const boxes = {
    across: { box: 16, cells: 12, leading: 0, trailing: 0 },
    down: { box: 1, cells: 8, leading: 0, trailing: 0 },
  };
  const wanted = { x: 0, y: 1, width: 186, height: 8 };
  expect(adam7Boxes({ wanted, boxes: { ...boxes, wide: false } })).toBeDefined();
  expect(adam7Boxes({ wanted: { ...wanted, height: 7 }, boxes: { ...boxes, wide: false } })).toBeUndefined();
});

describe("an interlaced picture holds what it tells", () => {
  test("of the kernels, and beside them, which it gives back at once, to the byte", () => {
    for (const source of SOURCES) {
      for (const width of [1, 3, 30]) {
        for (const alpha of [false, true]) {
          const decoding = decodingOf(source, width, { alpha });
          const told = adam7Needs(decoding);
          kernels.clear();
          const before = kernels.reserve(0);
          const assembly = adam7Assembly(kernels, { size: source, alpha }, decoding);
          expect(kernels.reserve(0) - before).toBe(told.kernels);
          expect(givenBackBy(() => assembly.release())).toEqual([told.beside]);
          expect(givenBackBy(() => assembly.release())).toEqual([]);
        }
      }
    }
  });

  test("and no more of either while it is decoded", () => {
    for (const alpha of [false, true]) {
      for (const width of [4, 100]) {
        const picture = noise({ width: 200, height: 150 }, 1, !alpha);
        const decoding = decodingOf(picture.size, width, { alpha });
        kernels.clear();
        const assembly = adam7Assembly(kernels, { size: picture.size, alpha }, decoding);
        const rows = new Adam7Rows(picture, scanlinesOf(kernels, picture), copying(kernels), assembly);
        const before = kernels.reserve(0);
        let count = 0;
        for (const strip of strips(rows)) count += strip.rows;
        expect(count).toBeGreaterThan(0);
        expect(kernels.reserve(0)).toBe(before);
      }
    }
  });
});

describe("an interlaced picture holds", () => {
  const TWELVE = { width: 4032, height: 3024 };
  const besides = (width: number, asked?: Asked) => adam7Needs(decodingOf(TWELVE, width, asked)).beside / MEGABYTE;

  test("half of its pixels, or less where they are added up", () => {
    expect(besides(4032)).toBeCloseTo(24.4, 1);
    expect(besides(800)).toBeCloseTo(24.4, 1);
    expect(besides(400)).toBeCloseTo(6.1, 1);
    expect(besides(200)).toBeCloseTo(1.5, 1);
    expect(besides(400, { alpha: true })).toBeCloseTo(12.3, 1);
    expect(besides(200, { alpha: true })).toBeCloseTo(3.1, 1);
  });

  test("half of its pixels where light is added up: its sums would depend on the order", () => {
    expect(besides(200, { linear: true })).toBeCloseTo(24.4, 1);
  });

  test("of a crop no more than half of what is seen, and of the corners of the blocks at its edges", () => {
    const window = { x: 1001, y: 1001, width: 100, height: 100 };
    expect(besides(100, { window }) * MEGABYTE).toBeLessThanOrEqual((120 * 4 * 120) / 2);
  });

  test("never more than half of its pixels, and sums only where these are less", () => {
    for (let width = 1; width < 2500; width += 37) {
      for (const alpha of [false, true]) {
        const decoding = decodingOf(TWELVE, width, { alpha });
        const frame = adam7Needs({ wanted: decoding.wanted }).beside;
        const { beside } = adam7Needs(decoding);
        expect(beside).toBeLessThanOrEqual(frame);
        expect(beside < frame).toBe(adam7Boxes(decoding) !== undefined);
      }
    }
  });
});
