import { describe, expect, test } from "vitest";
import { Adam7Rows } from "../../../src/codec/png/adam7.ts";
import type { Assembly } from "../../../src/codec/png/adam7-assembly.ts";
import { Adam7Frame } from "../../../src/codec/png/adam7-frame.ts";
import { Adam7Grid } from "../../../src/codec/png/adam7-grid.ts";
import { adam7Passes } from "../../../src/codec/png/adam7-passes.ts";
import { Fault } from "../../../src/faults.ts";
import type { Raster } from "../../../src/pixels/raster.ts";
import type { Boxes } from "../../../src/plan/craft.ts";
import type { Rect, Size } from "../../../src/plan/size.ts";
import { roomyKernels } from "../../support/guarded.ts";
import { copying, type Resampled, resampleInterlaced, scanlinesOf, strips } from "../../support/interlacing.ts";
import { noise, partOf, picture, rowOf } from "../../support/pictures.ts";
import { resample, resamplingOf, wholeOf } from "../../support/resampling.ts";

const kernels = roomyKernels();

/** Rows of all passes together. */
function rowsOf(size: Size): number {
  return adam7Passes(size).reduce((sum, { height }) => sum + height, 0);
}

/** Every pixel of the first rows of the passes, in the order of the file. */
function* cameBefore(size: Size, most: number) {
  let rows = 0;
  for (const pass of adam7Passes(size)) {
    for (let y = pass.y; y < size.height && rows++ < most; y += pass.stepY) {
      for (let x = pass.x; x < size.width; x += pass.stepX) yield { x, y, apart: pass.apart };
    }
  }
}

function decoded(source: Raster, most: number, assembly: Assembly) {
  const rows = new Adam7Rows(source, scanlinesOf(kernels, source, most), copying(kernels), assembly);
  const taken: { readonly x: number; readonly y: number; readonly bytes: Uint8Array }[] = [];
  for (const { x, y, rows: count, address, stride } of strips(rows)) {
    for (let row = 0; row < count; row++) {
      taken.push({ x, y: y + row, bytes: kernels.bytesAt(address + row * stride, stride).slice() });
    }
  }
  return { taken, warnings: rows.warnings };
}

/** As it is shown while it comes: each pixel fills the block that it is the corner of. */
function painted(source: Raster, most: number, alpha: boolean): Raster {
  const { size } = source;
  const shown = picture(size, () => [0, 0, 0, alpha ? 0 : 255]);
  for (const { x, y, apart } of cameBefore(size, most)) {
    for (let row = y; row < Math.min(y + apart.height, size.height); row++) {
      for (let column = x; column < Math.min(x + apart.width, size.width); column++) {
        const from = (y * size.width + x) * 4;
        shown.data.set(source.data.subarray(from, from + 4), (row * size.width + column) * 4);
      }
    }
  }
  return shown;
}

describe("of an interlaced picture whose end is missing", () => {
  test.each([
    { width: 1, height: 1 },
    { width: 3, height: 11 },
    { width: 19, height: 2 },
    { width: 21, height: 18 },
  ])("$width × $height, every pixel that came is shown, and stands in for those of its block that did not", (size) => {
    const source = noise(size, 5, false);
    for (let most = 1; most <= rowsOf(size); most++) {
      for (const alpha of [true, false]) {
        kernels.clear();
        const { taken } = decoded(source, most, new Adam7Frame(kernels, wholeOf(source), alpha));
        const shown = painted(source, most, alpha);
        expect(taken.map(({ y }) => y)).toEqual(Array.from({ length: size.height }, (_, y) => y));
        for (const { y, bytes } of taken) expect(bytes.subarray(0, size.width * 4)).toEqual(rowOf(shown, y));
      }
    }
  });

  test("a crop is the crop of what is shown of the whole", () => {
    const source = noise({ width: 41, height: 37 }, 6, false);
    for (const part of [
      { x: 13, y: 11, width: 9, height: 10 },
      { x: 39, y: 30, width: 2, height: 7 },
      { x: 6, y: 17, width: 30, height: 1 },
    ]) {
      for (let most = 1; most <= rowsOf(source.size); most += 3) {
        kernels.clear();
        const { taken } = decoded(source, most, new Adam7Frame(kernels, part, true));
        const shown = partOf(painted(source, most, true), part);
        const seen = taken.filter(({ y }) => y >= part.y);
        expect(seen.length).toBe(part.height);
        for (const { x, y, bytes } of seen) {
          const from = (part.x - x) * 4;
          expect(bytes.subarray(from, from + part.width * 4)).toEqual(rowOf(shown, y - part.y));
        }
      }
    }
  });

  test("a warning says in which pass it ends, and none is made up where all rows are there", () => {
    const source = noise({ width: 16, height: 16 }, 1, true);
    const warningsAt = (most: number) => {
      kernels.clear();
      return decoded(source, most, new Adam7Frame(kernels, wholeOf(source), false)).warnings;
    };
    // Two rows in each of passes 1 to 3, four in 4 and 5, eight in the others.
    expect(warningsAt(1)).toEqual(["the PNG ends in pass 1 of 7"]);
    expect(warningsAt(2)).toEqual(["the PNG ends in pass 2 of 7"]);
    expect(warningsAt(5)).toEqual(["the PNG ends in pass 3 of 7"]);
    expect(warningsAt(29)).toEqual(["the PNG ends in pass 7 of 7"]);
    expect(warningsAt(30)).toEqual([]);
  });

  test("there is none without a single row", () => {
    const source = noise({ width: 16, height: 16 }, 1, true);
    kernels.clear();
    const frame = new Adam7Frame(kernels, wholeOf(source), false);
    expect(() => decoded(source, 0, frame)).toThrow(new Fault("sourceBroken", "the PNG has no rows"));
  });
});

describe("of sums of which pixels are missing", () => {
  const resampled = (source: Raster, most: number, alpha = false): Resampled => {
    const job = {
      window: wholeOf(source),
      size: { width: 5, height: 4 },
      filter: "bilin",
      exact: false,
      alpha,
    } as const;
    return resampleInterlaced(kernels, source, resamplingOf(source, job), "grid", most);
  };

  test("one colour stays that colour, wherever the file ends", () => {
    for (const alpha of [false, true]) {
      const source = picture({ width: 70, height: 60 }, () => [200, 13, 97, alpha ? 120 : 255]);
      const whole = resampled(source, Number.POSITIVE_INFINITY, alpha).raster;
      // The first pass has eight rows.
      for (let most = 8; most < rowsOf(source.size); most++) {
        const { raster, addedUp, warnings } = resampled(source, most, alpha);
        expect([addedUp, warnings.length]).toEqual([true, 1]);
        expect(raster).toEqual(whole);
      }
    }
  });

  test("what lies below the last row of the first pass is black, or nothing where there is nothing", () => {
    for (const alpha of [false, true]) {
      const source = picture({ width: 100, height: 96 }, () => [255, 255, 255, 255]);
      const { raster } = resampled(source, 6, alpha);
      expect([...rowOf(raster, 0).subarray(0, 4)]).toEqual([255, 255, 255, 255]);
      expect([...rowOf(raster, 3).subarray(0, 4)]).toEqual([0, 0, 0, alpha ? 0 : 255]);
    }
  });

  test("rows that were whole before the end are those of the whole picture", () => {
    const source = noise({ width: 64, height: 64 }, 3, true);
    const job = {
      window: wholeOf(source),
      size: { width: 6, height: 6 },
      filter: "bilin",
      exact: false,
      alpha: false,
    } as const;
    const whole = resample(source, job, kernels);
    const { raster, warnings } = resampleInterlaced(
      kernels,
      source,
      resamplingOf(source, job),
      "grid",
      rowsOf(source.size) - 8,
    );
    expect(warnings).toEqual(["the PNG ends in pass 7 of 7"]);
    for (const row of [0, 1, 2]) expect(rowOf(raster, row)).toEqual(rowOf(whole, row));
    expect(rowOf(raster, 5)).not.toEqual(rowOf(whole, 5));
  });

  const BOXES: Boxes = {
    across: { box: 4, cells: 2 + 5 + 1, leading: 2, trailing: 1 },
    down: { box: 4, cells: 1 + 6 + 1, leading: 1, trailing: 1 },
    wide: false,
  };
  const PART: Rect = { x: 4, y: 8, width: 18, height: 23 };

  /** The columns, or rows, of the pixels that a cell is the sum of, with those that are repeated. */
  function spanOf({ box, cells, leading, trailing }: Boxes["across"], from: number, length: number, cell: number) {
    const at = (pixel: number) => from + Math.min(pixel, length - 1);
    if (cell < leading) return new Array<number>(box).fill(from);
    if (cell >= cells - trailing) return new Array<number>(box).fill(at(length));
    return Array.from({ length: box }, (_, pixel) => at((cell - leading) * box + pixel));
  }

  /** The mean of the pixels of a cell that have come, times all of them; undefined where none has. */
  function meanOf(
    source: Raster,
    came: ReadonlySet<string>,
    column: number,
    row: number,
  ): readonly number[] | undefined {
    const { across, down } = BOXES;
    const pixels = spanOf(down, PART.y, PART.height, row)
      .flatMap((y) => spanOf(across, PART.x, PART.width, column).map((x) => ({ x, y })))
      .filter(({ x, y }) => came.has(`${x}, ${y}`))
      .map(({ x, y }) => source.data.subarray((y * source.size.width + x) * 4, (y * source.size.width + x) * 4 + 4));
    if (pixels.length === 0) return undefined;
    const sumOf = (channel: number) => pixels.reduce((sum, pixel) => sum + (pixel[channel] ?? 0), 0);
    return [0, 1, 2, 3].map((channel) => Math.round((sumOf(channel) * across.box * down.box) / pixels.length));
  }

  test("each cell is the mean of its pixels that came, and one without any is its neighbour to the left or above", () => {
    const source = noise({ width: 30, height: 33 }, 8, true);
    for (let most = 5; most < rowsOf(source.size); most++) {
      const came = new Set([...cameBefore(source.size, most)].map(({ x, y }) => `${x}, ${y}`));
      const { taken } = kernelsCleared(() => decoded(source, most, new Adam7Grid(kernels, PART, BOXES, false)));
      expect(taken.map(({ y }) => y)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      let above: readonly number[] = [];
      for (const { y, bytes } of taken) {
        const sums = new Uint16Array(bytes.buffer);
        const means = Array.from({ length: 7 }, (_, at) => meanOf(source, came, at + 1, y));
        const first = means.find((mean) => mean !== undefined);
        let left = first;
        const row = means.flatMap((mean) => {
          left = mean ?? left;
          return left ?? [];
        });
        const wanted = first === undefined ? above : row;
        expect([...sums.subarray(4, 32)], `row ${y} after ${most}`).toEqual(wanted);
        above = wanted;
      }
    }
  });

  test("a part whose first rows have none is like those below it", () => {
    const source = picture({ width: 30, height: 33 }, () => [200, 13, 97, 255]);
    const part = { ...PART, y: 4 };
    for (let most = 5; most < rowsOf(source.size); most++) {
      const { taken } = kernelsCleared(() => decoded(source, most, new Adam7Grid(kernels, part, BOXES, false)));
      for (const { bytes } of taken) {
        const sums = [...new Uint16Array(bytes.buffer).subarray(4, 32)];
        expect(sums).toEqual(sums.map((_, at) => 16 * ([200, 13, 97, 255][at % 4] ?? 0)));
      }
    }
  });

  function kernelsCleared<T>(work: () => T): T {
    kernels.clear();
    return work();
  }
});
