import { describe, expect, test } from "vitest";
import { upright } from "../../src/codec/foreign/upright.ts";
import type { Orientation } from "../../src/plan/facts.ts";
import { expectNearPicture } from "../support/near.ts";
import { noise } from "../support/pictures.ts";

const SIZES = [
  { width: 3, height: 2 },
  { width: 1, height: 1 },
  { width: 1, height: 9 },
  { width: 9, height: 1 },
  { width: 31, height: 17 },
];

/**
 * Where the first row and the first column of the file are seen, as the specification puts it.
 * Source: Exif 2.32, 4.6.4, tag 274: "1 = the 0th row is at the visual top, the 0th column at the visual left" and so on.
 */
const SPECIFIED: readonly (readonly [orientation: Orientation, firstRow: string, firstColumn: string])[] = [
  [1, "top", "left"],
  [2, "top", "right"],
  [3, "bottom", "right"],
  [4, "bottom", "left"],
  [5, "left", "top"],
  [6, "right", "top"],
  [7, "right", "bottom"],
  [8, "left", "bottom"],
];

/** How far a file's row or column lies from the top or the left of what is seen, if number 0 lies on `side`. */
function fromStart(side: string, at: number, length: number): number {
  return side === "top" || side === "left" ? at : length - 1 - at;
}

describe("upright", () => {
  test.each(SPECIFIED)(
    "with orientation %i puts the file's first row at the %s and its first column at the %s",
    (...row) => {
      const [orientation, firstRow, firstColumn] = row;
      for (const size of SIZES) {
        const file = noise(size, 1, false);
        const rowsRunDown = firstRow === "top" || firstRow === "bottom";
        const seen = rowsRunDown ? size : { width: size.height, height: size.width };
        const wanted = new Uint8Array(file.data.length);
        for (let y = 0; y < size.height; y++) {
          for (let x = 0; x < size.width; x++) {
            const [alongRows, alongColumns] = [
              fromStart(firstRow, y, size.height),
              fromStart(firstColumn, x, size.width),
            ];
            const at = rowsRunDown ? alongRows * seen.width + alongColumns : alongColumns * seen.width + alongRows;
            wanted.set(file.data.subarray((y * size.width + x) * 4, (y * size.width + x + 1) * 4), at * 4);
          }
        }
        const { width, height, data } = upright({ ...size, data: file.data }, orientation);
        expectNearPicture({ size: { width, height }, data: Uint8Array.from(data) }, { size: seen, data: wanted }, 0);
      }
    },
  );

  test("leaves the picture of the file as it was", () => {
    const file = noise({ width: 5, height: 4 }, 2, false);
    const before = file.data.slice();
    for (const [orientation] of SPECIFIED) upright({ ...file.size, data: file.data }, orientation);
    expect(file.data).toEqual(before);
  });

  test("reads a picture that lies inside a larger buffer", () => {
    const around = Uint8Array.from({ length: 24 }, (_, at) => at);
    const { data } = upright({ width: 2, height: 1, data: around.subarray(8, 16) }, 2);
    expect([...data]).toEqual([12, 13, 14, 15, 8, 9, 10, 11]);
  });
});
