/** In pixels of the picture that it is drawn on. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

type Unit = "pixels" | "share";

/** The rectangle between two corners, inside of the picture, whole pixels, at least one. */
export function between(one: Point, other: Point, within: Size): Rectangle {
  const [left, right] = stretch(one.x, other.x, within.width);
  const [top, bottom] = stretch(one.y, other.y, within.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function stretch(one: number, other: number, length: number): readonly [number, number] {
  const clamped = (value: number) => Math.min(length, Math.max(0, Math.round(value)));
  const [from, to] = [clamped(Math.min(one, other)), clamped(Math.max(one, other))];
  return to > from ? [from, to] : from < length ? [from, from + 1] : [length - 1, length];
}

/** The same rectangle elsewhere: it stops at the edges of the picture. */
export function moved(rectangle: Rectangle, by: Point, within: Size): Rectangle {
  const { width, height } = rectangle;
  const place = (at: number, length: number, all: number) => Math.min(all - length, Math.max(0, Math.round(at)));
  return {
    x: place(rectangle.x + by.x, width, within.width),
    y: place(rectangle.y + by.y, height, within.height),
    width,
    height,
  };
}

/** With its bottom-right corner elsewhere. */
export function resized({ x, y, width, height }: Rectangle, by: Point, within: Size): Rectangle {
  const corner = { x: Math.max(x + 1, x + width + by.x), y: Math.max(y + 1, y + height + by.y) };
  return between({ x, y }, corner, within);
}

/** What one begins with: the middle of the picture. */
export function middleOf({ width, height }: Size): Rectangle {
  return between({ x: width / 4, y: height / 4 }, { x: (width * 3) / 4, y: (height * 3) / 4 }, { width, height });
}

/** `x,y,width,height`, in pixels or as shares of the picture to the tenth of a thousandth. */
export function rectangleText({ x, y, width, height }: Rectangle, of: Size, unit: Unit): string {
  const share = (value: number, whole: number) => Number((value / whole).toFixed(4));
  const items =
    unit === "pixels"
      ? [x, y, width, height]
      : [share(x, of.width), share(y, of.height), share(width, of.width), share(height, of.height)];
  return items.join(",");
}

/** The rectangle that a value says, as far as it lies on the picture; undefined where it says none. */
export function readRectangle(value: string, of: Size, unit: Unit): Rectangle | undefined {
  const items = value.split(",").map((item) => (item === "" ? Number.NaN : Number(item)));
  const [x, y, width, height] = items;
  if (x === undefined || y === undefined || width === undefined || height === undefined) return undefined;
  if (![x, y, width, height].every(Number.isFinite) || width <= 0 || height <= 0) return undefined;
  const [across, down] = unit === "pixels" ? [1, 1] : [of.width, of.height];
  return between({ x: x * across, y: y * down }, { x: (x + width) * across, y: (y + height) * down }, of);
}
