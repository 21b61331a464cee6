import type { Strip } from "../codec/decoder.ts";
import { placeRowInto, type Raster } from "../pixels/raster.ts";
import type { Resampler } from "../pixels/resampler.ts";
import type { Plan } from "../plan/plan.ts";
import type { Deadline } from "./deadline.ts";

/** Samples after which the deadline is looked at: those that come in, and those that go out. */
const SAMPLES_A_BREATH = 1_000_000;
const CHANNELS = 4;

/** Takes strips of the source, and lays what is resampled of them into the raster. */
export class Canvas {
  readonly #rows: Resampler;
  readonly #raster: Raster;
  readonly #plan: Plan;
  readonly #deadline: Deadline;
  #y: number;
  #samples = 0;

  constructor(rows: Resampler, raster: Raster, plan: Plan, deadline: Deadline) {
    this.#rows = rows;
    this.#raster = raster;
    this.#plan = plan;
    this.#deadline = deadline;
    this.#y = plan.view.at.y;
  }

  /** True when there are all the rows that are wanted. */
  async take(strip: Strip): Promise<boolean> {
    const { source, view } = this.#plan;
    const bytes = source.size.width * CHANNELS;
    const end = Math.min(strip.y + strip.rows, this.#rows.end);
    for (let y = Math.max(strip.y, this.#rows.first); y < end; y++) {
      const at = (y - strip.y) * bytes;
      for (const row of this.#rows.push(y, strip.data.subarray(at, at + bytes))) {
        placeRowInto(this.#raster, row, { x: view.at.x, y: this.#y++ });
        await this.#worked(row.length);
      }
      await this.#worked(bytes);
    }
    return strip.y + strip.rows >= this.#rows.end;
  }

  async #worked(samples: number): Promise<void> {
    this.#samples += samples;
    if (this.#samples < SAMPLES_A_BREATH) return;
    this.#samples = 0;
    await this.#deadline.breathe();
  }
}
