import { colourInto, filledRaster, placeRowInto, type Raster, releaseRaster } from "../pixels/raster.ts";
import type { Course } from "../plan/orientation.ts";
import type { Size } from "../plan/size.ts";
import type { RasterPlan } from "../plan/steps.ts";
import { bandOf } from "../plan/streaming.ts";

/** The rows of a canvas that are in the making: some of them at a time, from the top. */
export class Band {
  readonly #canvas: RasterPlan["canvas"];
  readonly #raster: Raster;
  #top = 0;

  constructor(canvas: RasterPlan["canvas"]) {
    this.#canvas = canvas;
    this.#raster = filledRaster(bandOf(canvas.size), canvas.background);
  }

  /** The row of the canvas that the band begins with: its height when there are no more rows. */
  get top(): number {
    return this.#top;
  }

  /** The row behind its last one. */
  get end(): number {
    return Math.min(this.#top + this.#raster.size.height, this.#canvas.size.height);
  }

  get isThrough(): boolean {
    return this.#top === this.#canvas.size.height;
  }

  /** Its rows, as a raster of their own. */
  get rows(): Raster {
    const size: Size = { width: this.#canvas.size.width, height: this.end - this.#top };
    return { size, data: this.#raster.data.subarray(0, size.width * size.height * 4) };
  }

  /** @param course of a row of the canvas that is in the band */
  lay(pixels: Uint8Array, { start, step }: Course): void {
    placeRowInto(this.#raster, pixels, { start: { x: start.x, y: start.y - this.#top }, step });
  }

  /** Goes on to the next rows, of which nothing is drawn yet. */
  advance(): void {
    this.#top = this.end;
    colourInto(this.#raster.data, this.#canvas.background);
  }

  release(): void {
    releaseRaster(this.#raster);
  }
}
