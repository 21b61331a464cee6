/**
 * Consecutive rows of a decoded picture, in the memory of the kernels: RGBA8, not premultiplied. Valid until its
 * decoder is used again.
 */
export interface Strip {
  /** Column and row of the decoded picture that the strip begins with. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** May be 0: work was done, of which no row came. */
  readonly rows: number;
  /** Byte address of its first pixel, for `pixels/` and `codec/` alone. */
  readonly address: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
}

/**
 * Rows of cells, top to bottom, that pixels were added up to, those of repeated edges among them: four sums each, of the
 * pixels' channels in sixteen bits, or of premultiplied ones (c · a, and 255 · a) in 32, as `Boxes` says. Rows and columns
 * are counted in cells, from the first one on; `x` is that of the pixels.
 */
export type SumStrip = Strip;

/** Work was done, of which no row came. */
export const WITHOUT_ROWS: Strip = { x: 0, y: 0, width: 0, rows: 0, address: 0, stride: 0 };

/**
 * A strip of premultiplied pixels, four floats each, in levels that were neither rounded nor clamped; a row has room for
 * whole pairs of them.
 */
export interface FloatStrip extends Strip {
  /** Whether every alpha is exactly 255. */
  readonly opaque: boolean;
}
