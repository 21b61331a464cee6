import type { Size } from "../../plan/size.ts";

/** One of the seven pictures that an interlaced one is made of: every `stepX`th pixel of every `stepY`th row. */
export interface Pass extends Size {
  /** 1 … 7 */
  readonly number: number;
  /** Its first pixel, and how far it is from one to the next. */
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
  /** How far apart all pixels are that have come with it and before it. They begin in the corner. */
  readonly apart: Size;
}

/** Source: PNG (Third Edition), 8.2. */
const PASSES: readonly Omit<Pass, "width" | "height">[] = [
  { number: 1, x: 0, y: 0, stepX: 8, stepY: 8, apart: { width: 8, height: 8 } },
  { number: 2, x: 4, y: 0, stepX: 8, stepY: 8, apart: { width: 4, height: 8 } },
  { number: 3, x: 0, y: 4, stepX: 4, stepY: 8, apart: { width: 4, height: 4 } },
  { number: 4, x: 2, y: 0, stepX: 4, stepY: 4, apart: { width: 2, height: 4 } },
  { number: 5, x: 0, y: 2, stepX: 2, stepY: 4, apart: { width: 2, height: 2 } },
  { number: 6, x: 1, y: 0, stepX: 2, stepY: 2, apart: { width: 1, height: 2 } },
  { number: 7, x: 0, y: 1, stepX: 1, stepY: 2, apart: { width: 1, height: 1 } },
];

/** All columns, or rows, that are multiples of this are there in the first pass. */
export const COARSEST = 8;

/** The passes of a picture of this size. Those without a pixel do not stand in the file at all. */
export function adam7Passes(size: Size): readonly Pass[] {
  return PASSES.map((pass) => ({
    ...pass,
    width: Math.ceil((size.width - pass.x) / pass.stepX),
    height: Math.ceil((size.height - pass.y) / pass.stepY),
  })).filter(({ width, height }) => width > 0 && height > 0);
}

/** Pixels of a row of a pass, in columns of the picture. */
export interface PassColumns {
  /** The first of them, counted in its pass, and how many there are. */
  readonly first: number;
  readonly count: number;
}

/** Those that lie in columns `from` … `end` − 1. */
export function columnsWithin({ x, stepX, width }: Pass, from: number, end: number): PassColumns {
  const before = (column: number) => Math.min(width, Math.max(0, Math.ceil((column - x) / stepX)));
  const first = before(from);
  return { first, count: Math.max(0, before(end) - first) };
}
