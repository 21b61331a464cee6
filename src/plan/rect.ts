import type { Point, Rect, Size } from "./size.ts";

/** What two rectangles have in common; of those that do not meet, one without width or height. */
export function intersection(one: Rect, other: Rect): Rect {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(one.x + one.width, other.x + other.width) - x),
    height: Math.max(0, Math.min(one.y + one.height, other.y + other.height) - y),
  };
}

/** Whether one rectangle lies inside another; an empty one does. */
export function contains(outer: Rect, inner: Rect): boolean {
  const { x, y, width, height } = intersection(outer, inner);
  return isEmpty(inner) || (x === inner.x && y === inner.y && width === inner.width && height === inner.height);
}

/** The smallest rectangle around both; an empty one does not count. */
export function around(one: Rect, other: Rect): Rect {
  if (isEmpty(one)) return other;
  if (isEmpty(other)) return one;
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  const right = Math.max(one.x + one.width, other.x + other.width);
  const bottom = Math.max(one.y + one.height, other.y + other.height);
  return { x, y, width: right - x, height: bottom - y };
}

/** Edges that are whole but for the rounding of a few products are taken to be. */
const NEARLY = 1e-6;

/** The pixels that a rectangle touches. */
export function outward({ x, y, width, height }: Rect): Rect {
  const left = Math.floor(x + NEARLY);
  const top = Math.floor(y + NEARLY);
  return {
    x: left,
    y: top,
    width: Math.max(0, Math.ceil(x + width - NEARLY) - left),
    height: Math.max(0, Math.ceil(y + height - NEARLY) - top),
  };
}

/** Whether it begins and ends between pixels, on all four sides. */
function isWhole(rect: Rect): boolean {
  const { x, y, width, height } = outward(rect);
  const near = (one: number, other: number) => Math.abs(one - other) <= NEARLY;
  return near(x, rect.x) && near(y, rect.y) && near(width, rect.width) && near(height, rect.height);
}

/** Whether what can be seen of a rectangle in a frame of whole pixels begins and ends between pixels. */
export function looksWhole(rect: Rect, frame: Rect): boolean {
  const seen = intersection(rect, frame);
  return isEmpty(seen) || isWhole(seen);
}

/** The rectangle grown to whole pixels at the sides that it shares with another, in which it lies. */
export function sharedEdges(inner: Rect, outer: Rect): Rect {
  const { x, y, width, height } = outward(inner);
  const near = (one: number, other: number) => Math.abs(one - other) <= NEARLY;
  const left = near(inner.x, outer.x) ? x : inner.x;
  const top = near(inner.y, outer.y) ? y : inner.y;
  const right = near(inner.x + inner.width, outer.x + outer.width) ? x + width : inner.x + inner.width;
  const bottom = near(inner.y + inner.height, outer.y + outer.height) ? y + height : inner.y + inner.height;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * A rectangle that is as large as pixels it touches on each axis on which it is smaller than one: what lies in it is then
 * seen as a whole. Otherwise all around it would be, of which there may be any amount in a pixel.
 */
export function atLeastPixels(lies: Rect, touched: Rect): Rect {
  const across = lies.width < 1 ? touched : lies;
  const down = lies.height < 1 ? touched : lies;
  return { x: across.x, y: down.y, width: across.width, height: down.height };
}

export function isEmpty({ width, height }: Size): boolean {
  return width <= 0 || height <= 0;
}

/** The same seen from another point. */
export function from({ x, y }: Point, rect: Rect): Rect {
  return { x: rect.x - x, y: rect.y - y, width: rect.width, height: rect.height };
}

/** Larger by `margin` on each side. */
export function widened({ x, y, width, height }: Rect, margin: Point): Rect {
  return { x: x - margin.x, y: y - margin.y, width: width + 2 * margin.x, height: height + 2 * margin.y };
}

/** Of a part of `whole`: the same part of what `whole` has become. */
export function mapped(part: Rect, whole: Rect, becomes: Rect): Rect {
  const across = becomes.width / whole.width;
  const down = becomes.height / whole.height;
  return {
    x: becomes.x + (part.x - whole.x) * across,
    y: becomes.y + (part.y - whole.y) * down,
    width: part.width * across,
    height: part.height * down,
  };
}

export function whole({ width, height }: Size): Rect {
  return { x: 0, y: 0, width, height };
}
