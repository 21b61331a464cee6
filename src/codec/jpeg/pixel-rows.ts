import type { Kernels } from "../../pixels/kernels.ts";
import type { Strip } from "../../pixels/strip.ts";
import type { ColourModel } from "./colour-model.ts";
import { isDoubled, type Layout, type Plane, type Region } from "./layout.ts";

/** Rows a strip: as many as the resampler takes at once, and few enough to stay near the processor. */
const STRIP_ROWS = 4;
const CHANNELS = 4;
/** Kernels read and write whole vectors: so much may lie behind a row of samples, and of pixels. */
const BEHIND_SAMPLES = 32;
const BEHIND_PIXELS = 64;

/** The samples of one component in kernel memory: of a row of MCUs, and the last row of the one before. */
export interface PlaneMemory {
  readonly plane: Plane;
  /** The first row of samples; the one before lies a stride in front of it, where there is one. */
  readonly samples: number;
  readonly stride: number;
}

/** Samples of a row of MCUs that are kept, across. */
function keptAcross({ component, side }: Plane, { fromColumn, toColumn }: Region): number {
  return (toColumn - fromColumn) * component.across * side;
}

function strideOf(plane: Plane, region: Region): number {
  return Math.ceil((keptAcross(plane, region) + BEHIND_SAMPLES) / 16) * 16;
}

function planeBytes(plane: Plane, region: Region, lag: number): number {
  return strideOf(plane, region) * (plane.component.down * plane.side + lag);
}

function pixelStride({ pixels }: Region): number {
  return Math.ceil((pixels.width * CHANNELS + BEHIND_PIXELS) / 16) * 16;
}

/** Bytes of a row as it is doubled: twice the samples, and of the sums that they are made of. */
function lineBytes({ pixels }: Region): number {
  return pixels.width + BEHIND_SAMPLES + 16;
}

/** Bytes of kernel memory that making rows takes. */
export function pixelRowsBytes({ planes, lag }: Layout, region: Region): number {
  const samples = planes.reduce((sum, plane) => sum + planeBytes(plane, region, lag), 0);
  return samples + (planes.length + 2) * (lineBytes(region) + 16) + 64 + pixelStride(region) * STRIP_ROWS;
}

/** Makes rows of pixels out of samples: brings all components to one resolution, and converts their colours. */
export class PixelRows {
  readonly planes: readonly PlaneMemory[];
  readonly #kernels: Kernels;
  readonly #layout: Layout;
  readonly #region: Region;
  readonly #colour: ColourModel;
  /** A row of each component at full resolution, the sums for one, and the rows of pixels. */
  readonly #lines: readonly number[];
  readonly #sums: number;
  readonly #pixels: number;

  constructor(kernels: Kernels, layout: Layout, region: Region, colour: ColourModel) {
    this.#kernels = kernels;
    this.#layout = layout;
    this.#region = region;
    this.#colour = colour;
    this.planes = layout.planes.map((plane) => {
      const stride = strideOf(plane, region);
      return { plane, stride, samples: kernels.reserve(planeBytes(plane, region, layout.lag)) + layout.lag * stride };
    });
    this.#lines = layout.planes.map(() => kernels.reserve(lineBytes(region)));
    this.#sums = kernels.reserve(2 * lineBytes(region));
    this.#pixels = kernels.reserve(pixelStride(region) * STRIP_ROWS);
  }

  /** The wanted rows that are there when the row of MCUs `unit` is, from the top. */
  *strips(unit: number): Generator<Strip, void, undefined> {
    const { pixels } = this.#region;
    const { lag, units, unit: size } = this.#layout;
    const top = unit * size.height;
    const ready = unit === units.height - 1 ? this.#layout.size.height : top + size.height - lag;
    const end = Math.min(ready, pixels.y + pixels.height);
    const stride = pixelStride(this.#region);
    for (let y = Math.max(top - lag, pixels.y); y < end; y += STRIP_ROWS) {
      const rows = Math.min(STRIP_ROWS, end - y);
      for (let row = 0; row < rows; row++) this.#makeRow(unit, y + row - top, this.#pixels + row * stride);
      yield { x: pixels.x, y, width: pixels.width, rows, address: this.#pixels, stride };
    }
  }

  /** Keeps what the first rows of the next MCUs need of these. */
  keepLastRow(): void {
    if (this.#layout.lag === 0) return;
    for (const { plane, samples, stride } of this.planes) {
      const last = samples + (plane.component.down * plane.side - 1) * stride;
      this.#kernels.bytesAt(samples - stride, stride).set(this.#kernels.bytesAt(last, stride));
    }
  }

  /** @param row counted from the top of the MCUs; −1 is the last row of the ones before */
  #makeRow(unit: number, row: number, to: number): void {
    const { run } = this.#kernels;
    const [first = 0, second = 0, third = 0, fourth = 0] = this.planes.map((memory, at) =>
      this.#lineOf(memory, this.#lines[at] ?? 0, unit, row),
    );
    const { width } = this.#region.pixels;
    const colour = this.#colour;
    switch (colour.name) {
      case "gray":
        run.grayRow(first, to, width);
        break;
      case "rgb":
        run.rgbRow(first, second, third, to, width);
        break;
      case "ycc":
        run.yccRow(first, second, third, to, width);
        break;
      case "cmyk":
        run.cmykRow(first, second, third, fourth, to, width, colour.complement ? 255 : 0);
        break;
      case "ycck":
        run.ycckRow(first, second, third, fourth, to, width);
        break;
    }
  }

  /** A row of a component, as many samples as pixels: its address, `line` where it had to be made. */
  #lineOf({ plane, samples, stride }: PlaneMemory, line: number, unit: number, row: number): number {
    const { run } = this.#kernels;
    const { across, down } = plane;
    const top = unit * plane.component.down * plane.side;
    // Beyond the picture its edge repeats.
    const addressOf = (y: number) => samples + (Math.min(Math.max(top + y, 0), plane.size.height - 1) - top) * stride;

    const near = addressOf(Math.floor((row * down.samples) / down.pixels));
    // Planes of one or two columns are repeated, down as well as across. Source: libjpeg, jdsample.c.
    const isNarrow = isDoubled(across) && plane.size.width <= 2;
    if (isDoubled(down) && !isNarrow) {
      const far = addressOf(row % 2 === 0 ? row / 2 - 1 : (row + 1) / 2);
      if (isDoubled(across)) {
        run.doubleBoth(near, far, line, this.#sums, this.#samplesOf(plane));
        return line;
      }
      if (across.samples === across.pixels) {
        // The two rows that a row becomes are rounded differently, so that none is favoured.
        run.doubleDown(near, far, line, this.#samplesOf(plane), row % 2 === 0 ? 1 : 2);
        return line;
      }
    } else if (isDoubled(across) && down.samples === down.pixels && !isNarrow) {
      run.doubleAcross(near, line, this.#samplesOf(plane));
      return line;
    }
    if (across.samples === across.pixels) return near;
    run.repeatAcross(near, line, this.#region.pixels.width, across.samples, across.pixels);
    return line;
  }

  /** Samples of a row that belong to the picture, among those that are kept. */
  #samplesOf(plane: Plane): number {
    const before = this.#region.fromColumn * plane.component.across * plane.side;
    return Math.min(keptAcross(plane, this.#region), plane.size.width - before);
  }
}
