import type { Raster } from "../../../src/pixels/raster.ts";
import type { Orientation } from "../../../src/plan/orientation.ts";
import { pixelAt } from "../../support/charts.ts";
import { picture, seenAt } from "../../support/pictures.ts";

/** The picture as it lies in a file of this orientation: each of its pixels is where it is seen upright. */
export function lying(upright: Raster, orientation: Orientation): Raster {
  const { width, height } = seenAt({ x: 0, y: 0 }, 1, upright.size, orientation);
  const file = { width, height };
  return picture(file, (x, y) => {
    const seen = seenAt({ x, y }, 1, file, orientation);
    return pixelAt(upright, seen.x, seen.y);
  });
}
