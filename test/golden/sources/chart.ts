import type { Raster } from "../../../src/pixels/raster.ts";
import { picture } from "../../support/pictures.ts";

export const CHART_SIZE = { width: 120, height: 80 };
const CELL = 20;

/**
 * A chart whose colours tell where a pixel comes from: red rises from left to right, green from top to bottom, and blue
 * marks cells of 20 × 20 pixels: their first row and column are bright, and every other cell is darker.
 */
export function chart(): Raster {
  const { width, height } = CHART_SIZE;
  const rising = (at: number, length: number) => Math.round((255 * at) / (length - 1));
  return picture(CHART_SIZE, (x, y) => [rising(x, width), rising(y, height), markAt(x, y), 255]);
}

function markAt(x: number, y: number): number {
  if (x % CELL === 0 || y % CELL === 0) return 255;
  return (Math.floor(x / CELL) + Math.floor(y / CELL)) % 2 === 0 ? 40 : 130;
}
