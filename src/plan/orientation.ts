import type { Point, Rect, Size } from "./size.ts";

/**
 * How a picture lies in its file, as Exif counts it: 1 upright, 2 mirrored, 3 upside down, 4 both, 5 to 8 the same on
 * their side. Source: Exif 2.32, 4.6.4 (tag 274).
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/**
 * Where the pixels of the upright picture lie in the file: at column or width − 1 − column of the row, or the other
 * way about with the sides exchanged.
 */
const LAYOUT: Readonly<Record<Orientation, { sidewise: boolean; fromRight: boolean; fromBottom: boolean }>> = {
  1: { sidewise: false, fromRight: false, fromBottom: false },
  2: { sidewise: false, fromRight: true, fromBottom: false },
  3: { sidewise: false, fromRight: true, fromBottom: true },
  4: { sidewise: false, fromRight: false, fromBottom: true },
  5: { sidewise: true, fromRight: false, fromBottom: false },
  6: { sidewise: true, fromRight: false, fromBottom: true },
  7: { sidewise: true, fromRight: true, fromBottom: true },
  8: { sidewise: true, fromRight: true, fromBottom: false },
};

/** The orientation of the picture that comes about when one that is seen at `first` is turned as `second` says. */
export function followedBy(first: Orientation, second: Orientation): Orientation {
  const one = LAYOUT[first];
  const two = LAYOUT[second];
  return orientationOf({
    sidewise: one.sidewise !== two.sidewise,
    fromRight: one.fromRight !== (one.sidewise ? two.fromBottom : two.fromRight),
    fromBottom: one.fromBottom !== (one.sidewise ? two.fromRight : two.fromBottom),
  });
}

/** The orientation that undoes another. */
export function inverse(orientation: Orientation): Orientation {
  const { sidewise, fromRight, fromBottom } = LAYOUT[orientation];
  return orientationOf({
    sidewise,
    fromRight: sidewise ? fromBottom : fromRight,
    fromBottom: sidewise ? fromRight : fromBottom,
  });
}

/** Clockwise by quarters of a turn. */
export function quarterTurns(quarters: number): Orientation {
  return QUARTERS[((quarters % 4) + 4) % 4] ?? 1;
}

const QUARTERS = [1, 6, 3, 8] as const satisfies readonly Orientation[];

function orientationOf(layout: (typeof LAYOUT)[Orientation]): Orientation {
  const found = ALL.find((orientation) => {
    const { sidewise, fromRight, fromBottom } = LAYOUT[orientation];
    return sidewise === layout.sidewise && fromRight === layout.fromRight && fromBottom === layout.fromBottom;
  });
  if (found === undefined) throw new TypeError("the eight layouts are all there are");
  return found;
}

const ALL = [1, 2, 3, 4, 5, 6, 7, 8] as const satisfies readonly Orientation[];

/** The same size as it lies in the file, or that of the file upright: on its side, width and height change places. */
export function turned({ width, height }: Size, orientation: Orientation): Size {
  return LAYOUT[orientation].sidewise ? { width: height, height: width } : { width, height };
}

/** Where a part of an upright picture lies in its file. */
export function inFile(part: Rect, upright: Size, orientation: Orientation): Rect {
  const { sidewise, fromRight, fromBottom } = LAYOUT[orientation];
  const { width, height } = turned(upright, orientation);
  const { x, y, ...size } = sidewise ? { x: part.y, y: part.x, width: part.height, height: part.width } : part;
  return {
    x: fromRight ? width - x - size.width : x,
    y: fromBottom ? height - y - size.height : y,
    ...size,
  };
}

/** Where a part of a picture as it lies in its file is in the upright one. */
export function upright(part: Rect, inFileSize: Size, orientation: Orientation): Rect {
  return inFile(part, inFileSize, inverse(orientation));
}

/** A row of a picture as it lies in its file, in the upright picture: its first pixel, and the step to the next one. */
export interface Course {
  readonly start: Point;
  readonly step: Point;
}

/** @param inFile size of the picture as it lies in the file, of which this is row `y` */
export function courseOf(y: number, { width, height }: Size, orientation: Orientation): Course {
  const { sidewise, fromRight, fromBottom } = LAYOUT[orientation];
  const first = fromRight ? width - 1 : 0;
  const step = fromRight ? -1 : 1;
  const row = fromBottom ? height - 1 - y : y;
  return sidewise
    ? { start: { x: row, y: first }, step: { x: 0, y: step } }
    : { start: { x: first, y: row }, step: { x: step, y: 0 } };
}
