import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import { filledRaster, placeRowInto, type Raster, releaseRaster } from "../../pixels/raster.ts";
import type { Strip } from "../../pixels/strip.ts";
import { pixelCount, type Rect, type Size } from "../../plan/size.ts";
import type { Assembly, AssemblyNeeds } from "./adam7-assembly.ts";
import { type Cut, spreadInto, standInFor } from "./adam7-cut.ts";
import { COARSEST, type Pass, type PassColumns } from "./adam7-passes.ts";
import { BEHIND_PIXELS } from "./expansion.ts";

const BYTES_A_PIXEL = 4;
/** Rows a strip: one of the first six passes, and one of the last. */
const STRIP_ROWS = 2;
const BLACK = 0xff000000;

/**
 * Holds the pixels of the first six passes: every other row. Those between them are the last pass, and are given away as
 * they come, each below the one above it.
 */
export class Adam7Frame implements Assembly {
  readonly held: Rect;
  readonly rowsAtOnce = STRIP_ROWS;
  readonly pixels: number;
  readonly #kernels: Kernels;
  readonly #alpha: boolean;
  readonly #strip: number;
  readonly #stride: number;
  readonly #even: Raster;
  /** The row that is next, an even one. */
  #next: number;

  /** @param alpha whether a pixel that is missing is transparent */
  constructor(kernels: Kernels, wanted: Rect, alpha: boolean) {
    this.held = heldOf(wanted);
    this.#kernels = kernels;
    this.#alpha = alpha;
    this.#stride = strideOf(this.held);
    this.#strip = kernels.reserve(STRIP_ROWS * this.#stride);
    this.pixels = this.#strip + this.#stride;
    this.#even = filledRaster(evenRows(this.held), undefined);
    this.#next = wanted.y - (wanted.y % 2);
  }

  take({ number, x, stepX }: Pass, y: number, { first, count }: PassColumns): void {
    if (number === 7) return;
    const start = { x: x + first * stepX - this.held.x, y: (y - this.held.y) / 2 };
    const row = this.#kernels.bytesAt(this.pixels, count * BYTES_A_PIXEL);
    placeRowInto(this.#even, row, { start, step: { x: stepX, y: 0 } });
  }

  leave(ready: number, cut?: Cut): Strip | undefined {
    const { held } = this;
    const y = this.#next;
    const rows = Math.min(STRIP_ROWS, held.y + held.height - y);
    if (rows <= 0 || ready < y + rows) return undefined;
    this.#next += STRIP_ROWS;
    const pixels = this.#rowOf(y);
    if (cut !== undefined) this.#complete(pixels, y, cut);
    const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
    // Of a row of the last pass that is missing, the corners of the blocks lie in the one above it.
    for (const at of cut === undefined ? [this.#strip] : [this.#strip, this.pixels]) {
      this.#kernels.bytesAt(at, bytes.length).set(bytes);
    }
    return { x: held.x, y, width: held.width, rows, address: this.#strip, stride: this.#stride };
  }

  release(): void {
    releaseRaster(this.#even);
  }

  #rowOf(y: number): Uint32Array {
    const { width } = this.held;
    return new Uint32Array(this.#even.data.buffer, ((y - this.held.y) / 2) * width * BYTES_A_PIXEL, width);
  }

  #complete(row: Uint32Array, y: number, cut: Cut): void {
    const standIn = standInFor(cut, y);
    if (standIn === undefined) row.fill(this.#alpha ? 0 : BLACK);
    else spreadInto(row, this.#rowOf(standIn.y), standIn.apart);
  }
}

export function frameNeeds(wanted: Rect): AssemblyNeeds {
  const held = heldOf(wanted);
  return {
    kernels: blockBytes(STRIP_ROWS * strideOf(held)),
    beside: pixelCount(evenRows(held)) * BYTES_A_PIXEL,
    columns: held.width,
  };
}

/** What is wanted, from a pixel of the first pass on: what is missing has its corner there. */
function heldOf({ x, y, width, height }: Rect): Rect {
  const [beside, above] = [x % COARSEST, y % COARSEST];
  return { x: x - beside, y: y - above, width: width + beside, height: height + above };
}

function evenRows({ width, height }: Size): Size {
  return { width, height: Math.ceil(height / 2) };
}

function strideOf({ width }: Size): number {
  return blockBytes(width * BYTES_A_PIXEL + BEHIND_PIXELS);
}
