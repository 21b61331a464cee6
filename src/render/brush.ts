import type { Kernels } from "../pixels/kernels.ts";
import type { Resampler } from "../pixels/resampler.ts";
import type { Strip } from "../pixels/strip.ts";
import { changesAlpha, type Drawing } from "../plan/drawing.ts";
import { type Course, courseOf } from "../plan/orientation.ts";

/** A row of a drawing as it lies in its file. */
export interface DrawnRow {
  /** RGBA8, a view of the kernels' memory: valid until the next row is taken, or memory is reserved. */
  readonly pixels: Uint8Array;
  /** Where it goes in the raster, upright. */
  readonly course: Course;
}

const CHANNELS = 4;

/** Takes strips of a source, and gives what is resampled of them, row by row. */
export class Brush {
  readonly #kernels: Kernels;
  readonly #rows: Resampler;
  readonly #drawing: Drawing;
  readonly #changesAlpha: boolean;
  #given = 0;
  #samples = 0;

  /** @param asMask a mask tells by its pixels as they are what becomes of alpha: theirs is not changed */
  constructor(kernels: Kernels, rows: Resampler, drawing: Drawing, asMask: boolean) {
    this.#kernels = kernels;
    this.#rows = rows;
    this.#drawing = drawing;
    this.#changesAlpha = !asMask && changesAlpha(drawing);
  }

  /** True when all the rows that were wanted have been given. */
  get isComplete(): boolean {
    return this.#given === this.#drawing.resample.size.height;
  }

  /** The rows that come of a strip: all must be taken before the strip is gone. */
  *take(strip: Strip): Generator<DrawnRow, void, undefined> {
    const { resample, orientation, at } = this.#drawing;
    if (this.#changesAlpha) this.#changeAlpha(strip);
    this.#samples += strip.rows * strip.width * CHANNELS;
    for (const pixels of this.#rows.push(strip)) {
      this.#samples += pixels.length;
      const { start, step } = courseOf(this.#given++, resample.size, orientation);
      yield { pixels, course: { start: { x: at.x + start.x, y: at.y + start.y }, step } };
    }
  }

  /** The samples that were gone through since this was asked last: those that came in, and those that went out. */
  countSamples(): number {
    const samples = this.#samples;
    this.#samples = 0;
    return samples;
  }

  /** Before anything is scaled: what was hidden takes part with its colour, and what was not does not. */
  #changeAlpha({ address, stride, width, rows }: Strip): void {
    const { run } = this.#kernels;
    const change = this.#drawing.alpha === "off" ? run.makeOpaque : run.invertAlpha;
    for (let row = 0; row < rows; row++) change(address + row * stride, width);
  }
}
