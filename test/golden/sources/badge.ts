import type { Raster } from "../../../src/pixels/raster.ts";
import { picture, type Rgba } from "../../support/pictures.ts";

const SIDE = 96;
const RADIUS = 38;
/** Pixels over which the edge of the disc fades. */
const SOFT = 8;
const HOLE = 14;

/** Fully transparent, and garish: wherever it shows, something looked at colour without alpha. */
const HIDDEN: Rgba = [255, 0, 255, 0];

/** A disc with a soft edge, a hole with a sharp one, and a half-transparent bar across, on nothing. */
export function badge(): Raster {
  return picture({ width: SIDE, height: SIDE }, (x, y) => {
    const [toX, toY] = [x + 0.5 - SIDE / 2, y + 0.5 - SIDE / 2];
    const from = Math.sqrt(toX * toX + toY * toY);
    if (Math.abs(toY - 26) < 5) return [20, 40, 200, 128];
    const edge = Math.min(1, Math.max(0, (RADIUS + SOFT / 2 - from) / SOFT));
    const inside = Math.min(1, Math.max(0, from - HOLE + 0.5));
    const alpha = Math.round(255 * edge * inside);
    return alpha === 0 ? HIDDEN : [250 - Math.round(y * 1.2), 120 + x, 30, alpha];
  });
}
