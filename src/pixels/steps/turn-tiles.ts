import type { Point, Rect, Size } from "../../plan/size.ts";
import type { Affine, Turn } from "../../plan/steps.ts";
import { PHASES, TAPS } from "./turn-phases.ts";

/** Output pixels a side of a tile. What lies under one that is turned by 45° are 144 KB of floats. */
const SIDE = 64;
/** Pixels that may lie under a tile, 16 bytes each. */
const MOST_PIXELS = 32_768;

/** The map of a tile as the kernel takes it (wasm/kernels/turn/tile.ts): of its first pixel, what a column adds, what a row. */
export interface TileMap {
  /** x and y in phases of the pixels that lie under the tile, ½ added. */
  readonly places: readonly number[];
  /** From left, top, right and bottom of what is seen, ½ added. */
  readonly distances: readonly number[];
}

/** Which points of a raster are under the pixels of the result, and how far they are from the edges of what is seen. */
export interface Field {
  /** Sides of the tiles: a power of two. */
  readonly side: number;
  /** Pixels of the raster under the largest tile. */
  readonly mostUnder: number;
  /** Whether nothing of a tile is seen. */
  isUnseen(tile: Rect): boolean;
  /** The pixels of the raster that a tile is weighed of; they may lie beyond it. */
  under(tile: Rect): Rect;
  /** @param under what `under(tile)` gave */
  map(tile: Rect, under: Point): TileMap;
}

/**
 * The distance of a point from an edge is measured in pixels of the result: x grows by hypot(xx, xy) pixels of the raster
 * along the steepest way over the result, so (x − seen.x) / hypot(xx, xy) is what a ruler would show there.
 */
export function fieldOf({ from, seen, size }: Turn): Field {
  const { xx, xy, x0, yx, yy, y0 } = from;
  const side = sideOf(from);
  const [scaleX, scaleY] = [rulerOf(xx, xy), rulerOf(yx, yy)];
  const { width, height } = spanOf(from, { width: Math.min(side, size.width), height: Math.min(side, size.height) });

  const pointAt = (column: number, row: number): Point => {
    const [i, j] = [column + 0.5, row + 0.5];
    return { x: xx * i + xy * j + x0, y: yx * i + yy * j + y0 };
  };
  const distancesAt = ({ x, y }: Point) => [
    (x - seen.x) * scaleX + 0.5,
    (y - seen.y) * scaleY + 0.5,
    (seen.x + seen.width - x) * scaleX + 0.5,
    (seen.y + seen.height - y) * scaleY + 0.5,
  ];
  const cornersOf = (tile: Rect) => {
    const [right, bottom] = [tile.x + tile.width - 1, tile.y + tile.height - 1];
    return [pointAt(tile.x, tile.y), pointAt(right, tile.y), pointAt(tile.x, bottom), pointAt(right, bottom)];
  };

  return {
    side,
    mostUnder: width * height,
    isUnseen(tile) {
      const corners = cornersOf(tile).map(distancesAt);
      return [0, 1, 2, 3].some((edge) => corners.every((distances) => (distances[edge] ?? 0) <= 0));
    },
    under(tile) {
      const corners = cornersOf(tile);
      const first = (values: readonly number[]) => Math.floor(Math.min(...values) - 0.5 + 0.5 / PHASES) - 1;
      return { x: first(corners.map(({ x }) => x)), y: first(corners.map(({ y }) => y)), ...spanOf(from, tile) };
    },
    map(tile, under) {
      const point = pointAt(tile.x, tile.y);
      // The first of four pixels lies one and a half before the place. Half a phase more rounds it.
      const phaseAt = (at: number, begin: number) => (at - 1.5 - begin) * PHASES + 0.5;
      const [acrossX, acrossY, downX, downY] = [xx * scaleX, yx * scaleY, xy * scaleX, yy * scaleY];
      return {
        places: [
          phaseAt(point.x, under.x),
          phaseAt(point.y, under.y),
          ...[xx, yx, xy, yy].map((step) => step * PHASES),
        ],
        distances: [
          ...distancesAt(point),
          ...[acrossX, acrossY, -acrossX, -acrossY],
          ...[downX, downY, -downX, -downY],
        ],
      };
    },
  };
}

/** The largest side whose tiles have no more under them than they may, down to a single pixel: that is always few. */
function sideOf(from: Affine): number {
  for (let side = SIDE; side > 1; side /= 2) {
    const { width, height } = spanOf(from, { width: side, height: side });
    if (width * height <= MOST_PIXELS) return side;
  }
  return 1;
}

/** Pixels that lie under a tile, with one to spare for what is rounded. */
function spanOf({ xx, xy, yx, yy }: Affine, tile: Size): Size {
  const [columns, rows] = [tile.width - 1, tile.height - 1];
  return {
    width: Math.ceil(columns * Math.abs(xx) + rows * Math.abs(xy)) + TAPS + 1,
    height: Math.ceil(columns * Math.abs(yx) + rows * Math.abs(yy)) + TAPS + 1,
  };
}

/** Pixels of the result to one of the raster. A map that makes everything one point has edges all the same. */
function rulerOf(across: number, down: number): number {
  return 1 / Math.max(Math.hypot(across, down), 1e-9);
}
