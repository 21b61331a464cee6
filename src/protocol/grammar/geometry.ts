import { isWrong, type Wrong, wrong } from "../problem.ts";
import { fields, list, mapped } from "./compound.ts";
import type { Grammar } from "./grammar.ts";
import { int, keyword, real } from "./scalar.ts";

/** Larger magnitudes fail explicitly (protocol.md 2.1). */
const FAR = 2_147_483_648;
const farInt = int({ min: -FAR, max: FAR });
const farReal = real({ min: -FAR, max: FAR });
const length = int({ min: 1, max: FAR });
const lengthOrNone = int({ min: 0, max: FAR });
const shareOrNone = real({ min: 0, max: FAR });

/** `px,py` in pixels. Source: protocol.md 2.2. */
export const coord = fields({ x: farInt, y: farInt });
/** `nx,ny`, relative to a size. */
export const coordN = fields({ x: farReal, y: farReal });
/** `px,py`; 0 leaves a side to the other one. A single value is a width. */
export const size = mapped(
  fields({ width: int({ min: 0, max: FAR }) }, { height: int({ min: 0, max: FAR }) }),
  ({ width, height = 0 }) => ({ width, height }),
  (value) => value,
);
export const sizeN = mapped(
  fields({ width: real({ min: 0, max: FAR }) }, { height: real({ min: 0, max: FAR }) }),
  ({ width, height = 0 }) => ({ width, height }),
  (value) => value,
);

/** `x,y,w,h` in pixels. */
export const rect = fields({ x: farInt, y: farInt, width: length, height: length });
/** `x,y,w,h` of a crop, in pixels and relative to a size; real clients write `0,0,0,0` for the whole picture. */
export const cropRect = fields({ x: farInt, y: farInt, width: lengthOrNone, height: lengthOrNone });
export const cropRectN = fields({ x: farReal, y: farReal, width: shareOrNone, height: shareOrNone });
/** `rect=`: `x,y,w,h[,scale]` */
export const scaledRect = fields(
  { x: farInt, y: farInt, width: length, height: length },
  { scale: real({ above: 0 }) },
);
/** `left,top,right,bottom`; negative ones crop. */
export const margins = fields({ left: farInt, top: farInt, right: farInt, bottom: farInt });
export const marginsN = fields({ left: farReal, top: farReal, right: farReal, bottom: farReal });

/** `nx,ny` from −1 to 1. */
const alignment = real({ min: -1, max: 1 });
export const align = fields({ horizontal: alignment, vertical: alignment });

/** Four corners, clockwise from the top left, and how the picture is resampled into them. */
export interface Quad {
  readonly corners: readonly number[];
  readonly sampling?: string;
}

const CORNERS = list(farReal, "coordinates", 8, 8);
/** Case-sensitive (protocol.md 1.2). */
const SAMPLING = /^R[123]$|^R3T(\d{1,3})$/;

/**
 * `x1,y1,…,x4,y4[,resOptions]`. Degenerate, concave and self-crossing quads are refused.
 * Source: protocol.md 3.5, A-44.
 */
export const quad: Grammar<Quad> = {
  wants: "the corners x1,y1,x2,y2,x3,y3,x4,y4 of a convex quadrilateral and [R1, R2, R3 or R3T0..200]",
  shape: {
    kind: "fields",
    fields: [
      { name: "corners", required: true, shape: CORNERS.shape },
      { name: "sampling", required: false, shape: keyword("R1", "R2", "R3").shape },
    ],
  },
  read(value): Quad | Wrong {
    const items = value.split(",");
    const sampling = items.length === 9 ? items.pop() : undefined;
    const corners = CORNERS.read(items.join(","));
    if (isWrong(corners)) return wrong(quad.wants, value, corners.at);
    if (sampling !== undefined && (!SAMPLING.test(sampling) || Number(SAMPLING.exec(sampling)?.[1] ?? 0) > 200)) {
      return wrong(`resOptions (R1, R2, R3 or R3T0..200)`, sampling, value.length - sampling.length);
    }
    if (!isConvex(corners)) return wrong(quad.wants, value);
    return sampling === undefined ? { corners } : { corners, sampling };
  },
  write: ({ corners, sampling }) => CORNERS.write(corners) + (sampling === undefined ? "" : `,${sampling}`),
};

/** Whether four corners turn the same way all the way round. */
function isConvex(corners: readonly number[]): boolean {
  const at = (corner: number) => [corners[(corner % 4) * 2] ?? 0, corners[(corner % 4) * 2 + 1] ?? 0] as const;
  const turns = [0, 1, 2, 3].map((corner) => {
    const [[ax, ay], [bx, by], [cx, cy]] = [at(corner), at(corner + 1), at(corner + 2)];
    return Math.sign((bx - ax) * (cy - by) - (by - ay) * (cx - bx));
  });
  return turns.every((turn) => turn !== 0 && turn === turns[0]);
}
