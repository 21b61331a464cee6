export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Half-open: covers x … x + width. */
export interface Rect extends Point, Size {}

/** A length in whole pixels: halves rounded up, at least 1. */
export function wholePixels(length: number): number {
  return Math.max(1, Math.floor(length + 0.5));
}

export function pixelCount({ width, height }: Size): number {
  return width * height;
}

export function isSameSize(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height;
}

export function sum(one: Point, other: Point): Point {
  return { x: one.x + other.x, y: one.y + other.y };
}

/** `800 × 600` */
export function sizeText({ width, height }: Size): string {
  return `${width} × ${height}`;
}
