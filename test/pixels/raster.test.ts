import { describe, expect, test } from "vitest";
import { filledRaster, maskRowInto, placeRowInto, type Raster } from "../../src/pixels/raster.ts";
import { courseOf, inFile, type Orientation } from "../../src/plan/orientation.ts";
import type { Point, Rect } from "../../src/plan/size.ts";
import { expectNearPicture } from "../support/near.ts";
import { noise, partOf, rowOf, SPECIFIED, seenUpright } from "../support/pictures.ts";

const pixelsOf = (data: Uint8Array) =>
  Array.from({ length: data.length / 4 }, (_, at) => [...data.subarray(at * 4, at * 4 + 4)]);

describe("filledRaster", () => {
  test("is the colour everywhere, red first, opaque", () => {
    const { size, data } = filledRaster({ width: 3, height: 2 }, [255, 128, 1]);
    expect(size).toEqual({ width: 3, height: 2 });
    expect(pixelsOf(data)).toEqual(new Array(6).fill([255, 128, 1, 255]));
  });

  test("is fully transparent without a colour", () => {
    expect(pixelsOf(filledRaster({ width: 2, height: 2 }, undefined).data)).toEqual(new Array(4).fill([0, 0, 0, 0]));
  });

  test("is opaque black where the colour is black", () => {
    expect(pixelsOf(filledRaster({ width: 1, height: 1 }, [0, 0, 0]).data)).toEqual([[0, 0, 0, 255]]);
  });
});

describe("placeRowInto", () => {
  const row = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const STEPS = [
    { x: 1, y: 0 },
    { x: -1, y: 0 },
    { x: 0, y: 1 },
    { x: 0, y: -1 },
  ];

  describe.each(STEPS)("in steps of $x, $y", (step) => {
    test.each([
      [1, 1],
      [2, 1],
      [1, 2],
      [2, 2],
    ])("lays a row at %i, %i and changes nothing beside it", (x, y) => {
      const raster = filledRaster({ width: 4, height: 4 }, [9, 9, 9]);
      placeRowInto(raster, row, { start: { x, y }, step });
      const wanted = new Array<number[]>(16).fill([9, 9, 9, 255]);
      wanted[y * 4 + x] = [1, 2, 3, 4];
      wanted[(y + step.y) * 4 + x + step.x] = [5, 6, 7, 8];
      expect(pixelsOf(raster.data)).toEqual(wanted);
    });

    test("copies the row: what happens to it later does not matter", () => {
      const raster = filledRaster({ width: 3, height: 3 }, undefined);
      const changing = row.slice();
      placeRowInto(raster, changing, { start: { x: 1, y: 1 }, step });
      const before = raster.data.slice();
      changing.fill(0);
      expect(raster.data).toEqual(before);
    });

    test("reads a row that lies inside a larger buffer, as in the memory of the kernels", () => {
      const around = Uint8Array.from({ length: 32 }, (_, at) => at);
      const raster = filledRaster({ width: 3, height: 3 }, undefined);
      placeRowInto(raster, around.subarray(8, 16), { start: { x: 1, y: 1 }, step });
      expect(pixelsOf(raster.data)[4]).toEqual([8, 9, 10, 11]);
      expect(pixelsOf(raster.data)[(1 + step.y) * 3 + 1 + step.x]).toEqual([12, 13, 14, 15]);
      expect([...around]).toEqual(Array.from({ length: 32 }, (_, at) => at));
    });
  });

  // The one raster that is a single column: its next row is the next pixel.
  test("lays a column into a raster of one column", () => {
    const raster = filledRaster({ width: 1, height: 2 }, undefined);
    placeRowInto(raster, row, { start: { x: 0, y: 0 }, step: { x: 0, y: 1 } });
    expect([...raster.data]).toEqual([...row]);
    placeRowInto(raster, row, { start: { x: 0, y: 1 }, step: { x: 0, y: -1 } });
    expect(pixelsOf(raster.data)).toEqual([
      [5, 6, 7, 8],
      [1, 2, 3, 4],
    ]);
  });
});

describe("rows of a picture as it lies in its file, laid along their courses, make the upright picture", () => {
  const SIZES = [
    { width: 3, height: 2 },
    { width: 1, height: 1 },
    { width: 1, height: 9 },
    { width: 9, height: 1 },
    { width: 31, height: 17 },
  ];

  /** Lays the rows of the file one after the other, with their top-left corner of what is seen at `at`. */
  function layInto(raster: Raster, file: Raster, orientation: Orientation, at: Point): void {
    for (let y = 0; y < file.size.height; y++) {
      const { start, step } = courseOf(y, file.size, orientation);
      placeRowInto(raster, rowOf(file, y), { start: { x: at.x + start.x, y: at.y + start.y }, step });
    }
  }

  test.each(SPECIFIED)(
    "with orientation %i, the file's first row at the %s and its first column at the %s",
    (orientation) => {
      for (const size of SIZES) {
        const file = noise(size, 1, false);
        const before = file.data.slice();
        const wanted = seenUpright(file, orientation);
        const raster = filledRaster(wanted.size, undefined);
        layInto(raster, file, orientation, { x: 0, y: 0 });
        expectNearPicture(raster, wanted, 0);
        expect(Buffer.compare(file.data, before), "the file's picture is as it was").toBe(0);
      }
    },
  );

  /** Windows at corners and edges, of a single pixel, and in the middle. */
  const windowsIn = ({ width, height }: Raster["size"]): readonly Rect[] => [
    { x: 0, y: 0, width: 1, height: 1 },
    { x: width - 1, y: 0, width: 1, height },
    { x: 0, y: height - 1, width, height: 1 },
    { x: 0, y: 0, width: Math.ceil(width / 2), height },
    { x: width >> 1, y: height >> 2, width: width - (width >> 1), height: Math.max(1, height >> 1) },
  ];

  test.each(SPECIFIED)("with orientation %i, also of a window, laid anywhere in a larger raster", (orientation) => {
    for (const size of SIZES) {
      const file = noise(size, 2, false);
      const upright = seenUpright(file, orientation);
      for (const window of windowsIn(upright.size)) {
        const part = partOf(file, inFile(window, upright.size, orientation));
        const at = { x: 3, y: 2 };
        const raster = filledRaster({ width: window.width + 5, height: window.height + 3 }, [1, 2, 3]);
        layInto(raster, part, orientation, at);
        expectNearPicture(partOf(raster, { ...window, ...at }), partOf(upright, window), 0);
        // With the window painted over again, nothing beside it has changed.
        layInto(raster, filledRaster(part.size, [1, 2, 3]), orientation, at);
        expectNearPicture(raster, filledRaster(raster.size, [1, 2, 3]), 0);
      }
    }
  });
});

describe("maskRowInto", () => {
  const ROW = Uint8Array.of(255, 0, 0, 10, 0, 255, 0, 20, 0, 0, 255, 30, 200, 200, 200, 40);
  const masked = (use: { ofAlpha: boolean; inverted: boolean }, step: Point = { x: 1, y: 0 }) => {
    const raster = filledRaster(step.y === 0 ? { width: 6, height: 2 } : { width: 2, height: 6 }, [1, 2, 3]);
    maskRowInto(raster, ROW, { start: { x: 1, y: 1 }, step }, use);
    return raster;
  };
  const alphasOf = ({ data }: Raster) => pixelsOf(data).map(([, , , alpha]) => alpha);

  test("lays the alpha of a row, or its luma, into the alpha of the raster, and leaves its colours", () => {
    const raster = masked({ ofAlpha: true, inverted: false });
    expect(alphasOf(raster)).toEqual([255, 255, 255, 255, 255, 255, 255, 10, 20, 30, 40, 255]);
    expect(pixelsOf(raster.data).map(([r, g, b]) => [r, g, b])).toEqual(new Array(12).fill([1, 2, 3]));
    // 0.299, 0.587 and 0.114 of 255.
    expect(alphasOf(masked({ ofAlpha: false, inverted: false })).slice(7, 11)).toEqual([76, 150, 29, 200]);
  });

  test("or what is missing to 255", () => {
    expect(alphasOf(masked({ ofAlpha: true, inverted: true })).slice(7, 11)).toEqual([245, 235, 225, 215]);
    expect(alphasOf(masked({ ofAlpha: false, inverted: true })).slice(7, 11)).toEqual([179, 105, 226, 55]);
  });

  test("in any course", () => {
    const down = alphasOf(masked({ ofAlpha: true, inverted: false }, { x: 0, y: 1 }));
    expect(down).toEqual([255, 255, 255, 10, 255, 20, 255, 30, 255, 40, 255, 255]);
  });
});
