import type { Light } from "./light.ts";
import { length } from "./scalar.ts";
import { lay, type Surface } from "./surface.ts";

/** One light for the whole shape, or one for each pixel. */
type Paint = Light | ((x: number, y: number) => Light);

/** x and y in turn, in pixels; the outline closes by itself. */
export type Outline = readonly number[];

/** Lines sampled in each pixel row. Along a line coverage is exact, so steep edges, such as a mast's, are smooth. */
const LINES = 5;

/** Fills an outline (even-odd) with anti-aliased edges. */
export function fill(target: Surface, outline: Outline, paint: Paint): void {
  const [left, right] = extent(outline, 0, target.width);
  const [top, bottom] = extent(outline, 1, target.height);
  if (left >= right) return;
  const cover = new Float32Array(right - left + 1);
  for (let y = top; y < bottom; y++) {
    cover.fill(0);
    for (let line = 0; line < LINES; line++) {
      const crossings = crossingsAt(outline, y + (line + 0.5) / LINES);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const start = Math.max(crossings[i] ?? 0, left);
        const end = Math.min(crossings[i + 1] ?? 0, right);
        if (end > start) addSpan(cover, start - left, end - left);
      }
    }
    for (let x = left; x < right; x++) {
      const amount = (cover[x - left] ?? 0) / LINES;
      if (amount > 0) lay(target, x, y, typeof paint === "function" ? paint(x, y) : paint, amount);
    }
  }
}

/** The whole pixels that the outline touches on one axis (0 is x, 1 is y), within the picture. */
function extent(outline: Outline, axis: 0 | 1, size: number): [from: number, to: number] {
  const values = outline.filter((_, i) => i % 2 === axis);
  return [Math.max(Math.floor(Math.min(...values)), 0), Math.min(Math.ceil(Math.max(...values)), size)];
}

function crossingsAt(outline: Outline, y: number): number[] {
  const found: number[] = [];
  let x0 = outline.at(-2) ?? 0;
  let y0 = outline.at(-1) ?? 0;
  for (let i = 0; i < outline.length; i += 2) {
    const x1 = outline[i] ?? 0;
    const y1 = outline[i + 1] ?? 0;
    if (y0 <= y !== y1 <= y) found.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    [x0, y0] = [x1, y1];
  }
  return found.sort((a, b) => a - b);
}

function addSpan(cover: Float32Array, start: number, end: number): void {
  const first = Math.floor(start);
  const last = Math.floor(end);
  if (first === last) {
    cover[first] = (cover[first] ?? 0) + end - start;
    return;
  }
  cover[first] = (cover[first] ?? 0) + first + 1 - start;
  for (let x = first + 1; x < last; x++) cover[x] = (cover[x] ?? 0) + 1;
  cover[last] = (cover[last] ?? 0) + end - last;
}

/** A line through the points, `width` pixels thick; under one pixel it grows fainter instead of thinner. */
export function stroke(target: Surface, points: Outline, width: number, paint: Paint): void {
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points.slice(i, i + 4);
    const scale = width / 2 / length(x1 - x0, y1 - y0);
    const nx = (y0 - y1) * scale;
    const ny = (x1 - x0) * scale;
    fill(target, [x0 + nx, y0 + ny, x1 + nx, y1 + ny, x1 - nx, y1 - ny, x0 - nx, y0 - ny], paint);
  }
}

export function box(target: Surface, left: number, top: number, width: number, height: number, paint: Paint): void {
  fill(target, [left, top, left + width, top, left + width, top + height, left, top + height], paint);
}

export function disc(target: Surface, cx: number, cy: number, rx: number, paint: Paint, ry = rx): void {
  const corners = 32;
  const outline = Array.from({ length: corners }, (_, k) => (k / corners) * 2 * Math.PI).flatMap((angle) => [
    cx + rx * Math.cos(angle),
    cy + ry * Math.sin(angle),
  ]);
  fill(target, outline, paint);
}
