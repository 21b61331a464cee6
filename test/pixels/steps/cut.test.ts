import fc from "fast-check";
import { expect, test } from "vitest";
import { filledRaster } from "../../../src/pixels/raster.ts";
import { cutInto } from "../../../src/pixels/steps/cut.ts";
import { pixelAt } from "../../support/charts.ts";
import { drive } from "../../support/driving.ts";
import { expectNearPicture } from "../../support/near.ts";
import { noise, picture } from "../../support/pictures.ts";

const source = noise({ width: 19, height: 13 }, 3, false);
const aPlace = fc.integer({ min: -40, max: 40 });
const aLength = fc.integer({ min: 1, max: 50 });

test("a cut has the raster's pixels where there are any, and is transparent elsewhere", () => {
  fc.assert(
    fc.property(aPlace, aPlace, aLength, aLength, (x, y, width, height) => {
      const to = filledRaster({ width, height }, undefined);
      const samples = drive(cutInto(source, to, { step: "cut", size: to.size, at: { x, y } }));
      const isThere = (column: number, row: number) => column >= 0 && column < 19 && row >= 0 && row < 13;
      let copied = 0;
      const wanted = picture(to.size, (column, row) => {
        if (!isThere(x + column, y + row)) return [0, 0, 0, 0];
        copied += 4;
        return pixelAt(source, x + column, y + row);
      });
      expectNearPicture(to, wanted, 0);
      expect(samples).toBe(copied);
    }),
    { seed: 5, numRuns: 300 },
  );
});
