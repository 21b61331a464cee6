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
 * A strip of premultiplied pixels, four floats each, in levels that were neither rounded nor clamped; a row has room for
 * whole pairs of them.
 */
export interface FloatStrip extends Strip {
  /** Whether every alpha is exactly 255. */
  readonly opaque: boolean;
}
