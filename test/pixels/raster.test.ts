import { describe, expect, test } from "vitest";
import { filledRaster, placeRowInto } from "../../src/pixels/raster.ts";

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

  test.each([
    [0, 0],
    [2, 0],
    [1, 1],
    [2, 2],
  ])("lays a row at %i, %i and changes nothing beside it", (x, y) => {
    const raster = filledRaster({ width: 4, height: 3 }, [9, 9, 9]);
    placeRowInto(raster, row, { x, y });
    const wanted = new Array<number[]>(12).fill([9, 9, 9, 255]);
    wanted.splice(y * 4 + x, 2, [1, 2, 3, 4], [5, 6, 7, 8]);
    expect(pixelsOf(raster.data)).toEqual(wanted);
  });

  test("copies the row: what happens to it later does not matter", () => {
    const raster = filledRaster({ width: 2, height: 1 }, undefined);
    const changing = row.slice();
    placeRowInto(raster, changing, { x: 0, y: 0 });
    changing.fill(0);
    expect([...raster.data]).toEqual([...row]);
  });
});
