import { placeRowInto, type Raster } from "../pixels/raster.ts";
import type { Resampler } from "../pixels/resampler.ts";
import type { Strip } from "../pixels/strip.ts";
import { courseOf } from "../plan/orientation.ts";
import type { Plan } from "../plan/plan.ts";

/** Takes strips of the source, and lays what is resampled of them into the raster, upright. */
export class Canvas {
  readonly #rows: Resampler;
  readonly #raster: Raster;
  readonly #plan: Plan;
  /** Rows that have been laid. */
  #laid = 0;

  constructor(rows: Resampler, raster: Raster, plan: Plan) {
    this.#rows = rows;
    this.#raster = raster;
    this.#plan = plan;
  }

  /** True when there are all the rows that were wanted. */
  get isComplete(): boolean {
    return this.#laid === this.#plan.resample.size.height;
  }

  /** The samples that were gone through: those that came in, and those that went out. */
  take(strip: Strip): number {
    const { resample, view } = this.#plan;
    let samples = strip.rows * strip.width * CHANNELS;
    for (const row of this.#rows.push(strip)) {
      const { start, step } = courseOf(this.#laid++, resample.size, view.orientation);
      placeRowInto(this.#raster, row, { start: { x: view.at.x + start.x, y: view.at.y + start.y }, step });
      samples += row.length;
    }
    return samples;
  }
}

const CHANNELS = 4;
