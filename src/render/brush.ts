import type { Kernels } from "../pixels/kernels.ts";
import { maskRowInto, placeRowInto, type Raster } from "../pixels/raster.ts";
import type { Resampler } from "../pixels/resampler.ts";
import type { Strip } from "../pixels/strip.ts";
import { changesAlpha, type Drawing } from "../plan/drawing.ts";
import { type Course, courseOf } from "../plan/orientation.ts";

/** Takes strips of a source, and lays what is resampled of them into the raster, upright. */
export class Brush {
  readonly #kernels: Kernels;
  readonly #rows: Resampler;
  readonly #drawing: Drawing;
  readonly #lay: (row: Uint8Array, course: Course) => void;
  readonly #changesAlpha: boolean;
  /** Rows that have been laid. */
  #laid = 0;

  /** @param asMask lays the picture into the alpha of what is there, instead of its own pixels */
  constructor(kernels: Kernels, rows: Resampler, raster: Raster, drawing: Drawing, asMask: boolean) {
    this.#kernels = kernels;
    this.#rows = rows;
    this.#drawing = drawing;
    const { source, alpha } = drawing;
    this.#lay = asMask
      ? (row, course) => maskRowInto(raster, row, course, { ofAlpha: source.alpha, inverted: alpha === "invert" })
      : (row, course) => placeRowInto(raster, row, course);
    this.#changesAlpha = !asMask && changesAlpha(drawing);
  }

  /** True when there are all the rows that were wanted. */
  get isComplete(): boolean {
    return this.#laid === this.#drawing.resample.size.height;
  }

  /** The samples that were gone through: those that came in, and those that went out. */
  take(strip: Strip): number {
    const { resample, orientation, at } = this.#drawing;
    if (this.#changesAlpha) this.#changeAlpha(strip);
    let samples = strip.rows * strip.width * CHANNELS;
    for (const row of this.#rows.push(strip)) {
      const { start, step } = courseOf(this.#laid++, resample.size, orientation);
      this.#lay(row, { start: { x: at.x + start.x, y: at.y + start.y }, step });
      samples += row.length;
    }
    return samples;
  }

  /** Before anything is scaled: what was hidden takes part with its colour, and what was not does not. */
  #changeAlpha({ address, stride, width, rows }: Strip): void {
    const { run } = this.#kernels;
    const change = this.#drawing.alpha === "off" ? run.makeOpaque : run.invertAlpha;
    for (let row = 0; row < rows; row++) change(address + row * stride, width);
  }
}

const CHANNELS = 4;
