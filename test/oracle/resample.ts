import type { Raster } from "../../src/pixels/raster.ts";
import type { Rgb } from "../../src/plan/colour.ts";
import type { Rect, Size } from "../../src/plan/size.ts";
import type { TextbookFilter } from "./filters.ts";
import { byte, unpremultiplied } from "./rows.ts";

export interface OracleResampling {
  readonly window: Rect;
  readonly size: Size;
  readonly filter: TextbookFilter;
  readonly background: Rgb | undefined;
}

/**
 * Resampling by its definition: each output pixel is the weighted mean of all the input pixels under the filter, in two
 * dimensions at once, in float64.
 *
 * An input pixel outside the picture is the nearest one inside. Shrinking stretches the filter by the factor of the axis.
 * With a background every input pixel is laid over it first, which is what "the picture over that colour" means.
 */
export function oracleResample(source: Raster, { window, size, filter, background }: OracleResampling): Raster {
  const sample = background === undefined ? premultipliedAt(source) : flattenedAt(source, background);
  const columns = axis(window.x, window.width, size.width, filter);
  const rows = axis(window.y, window.height, size.height, filter);
  const data = new Uint8Array(size.width * size.height * 4);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const sum = new Float64Array(4);
      let total = 0;
      for (const [inputY, weightY] of rows(y)) {
        for (const [inputX, weightX] of columns(x)) {
          const weight = weightX * weightY;
          total += weight;
          const pixel = sample(inputX, inputY);
          for (let channel = 0; channel < 4; channel++)
            sum[channel] = (sum[channel] ?? 0) + weight * (pixel[channel] ?? 0);
        }
      }
      const mean = sum.map((value) => value / total);
      data.set(background === undefined ? unpremultiplied(mean) : mean.map(byte), (y * size.width + x) * 4);
    }
  }
  return { size, data };
}

/** The inputs of each output along one axis, with their weights; pixel i lies at i + ½. */
function axis(from: number, covers: number, outputs: number, filter: TextbookFilter) {
  const factor = covers / outputs;
  const stretch = Math.max(factor, 1);
  return (output: number): readonly (readonly [input: number, weight: number])[] => {
    const middle = from + (output + 0.5) * factor;
    const inputs: [number, number][] = [];
    // One more on either side than can matter: the filter says itself where it ends.
    const [first, last] = [middle - filter.support * stretch - 2, middle + filter.support * stretch + 2];
    for (let input = Math.floor(first); input <= last; input++) {
      inputs.push([input, filter.weight((input + 0.5 - middle) / stretch)]);
    }
    return inputs;
  };
}

function pixelAt({ size, data }: Raster): (x: number, y: number) => Uint8Array {
  const inside = (at: number, length: number) => Math.min(Math.max(at, 0), length - 1);
  return (x, y) => {
    const at = (inside(y, size.height) * size.width + inside(x, size.width)) * 4;
    return data.subarray(at, at + 4);
  };
}

function premultipliedAt(source: Raster): (x: number, y: number) => readonly number[] {
  const pixel = pixelAt(source);
  return (x, y) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixel(x, y);
    return [(red * alpha) / 255, (green * alpha) / 255, (blue * alpha) / 255, alpha];
  };
}

function flattenedAt(source: Raster, background: Rgb): (x: number, y: number) => readonly number[] {
  const pixel = pixelAt(source);
  return (x, y) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixel(x, y);
    const over = (colour: number, behind: number) => (colour * alpha + behind * (255 - alpha)) / 255;
    return [over(red, background[0]), over(green, background[1]), over(blue, background[2]), 255];
  };
}
