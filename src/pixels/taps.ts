import type { FilterShape } from "./filters.ts";

/** The weights with which one axis is resampled: output i is the sum of weights[i·count + t] · input[starts[i] + t]. */
export interface Taps {
  /** Weights an output; unused ones are 0. */
  readonly count: number;
  /** First and last input of each output; neither ever falls as i rises. */
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly lasts: Uint32Array<ArrayBuffer>;
  readonly weights: Float32Array<ArrayBuffer>;
}

export interface Axis {
  /** Inputs there are. */
  readonly inputs: number;
  /** The part of them that is resampled; may begin and end between two inputs. */
  readonly from: number;
  readonly covers: number;
  readonly outputs: number;
}

/**
 * Weights for resampling `covers` inputs from `from` on to `outputs` outputs.
 *
 * Shrinking stretches the filter over the inputs an output covers; enlarging does not. Inputs beyond the window but
 * inside the picture are used; beyond the picture its edge repeats. The weights of an output add up to 1.
 *
 * @param multiple the count is rounded up to a multiple of this, for kernels that take several weights at once
 */
export function tapsOf({ inputs, from, covers, outputs }: Axis, filter: FilterShape, multiple: number): Taps {
  const ratio = covers / outputs;
  const stretch = Math.max(1, ratio);
  const reach = filter.support * stretch;
  const inside = (input: number) => Math.min(Math.max(input, 0), inputs - 1);
  // Samples lie at the centres of pixels, half a pixel from their edges.
  const centre = (output: number) => from + (output + 0.5) * ratio - 0.5;

  const starts = new Uint32Array(outputs).map((_, output) => inside(Math.ceil(centre(output) - reach)));
  const lasts = new Uint32Array(outputs).map((_, output) => inside(Math.floor(centre(output) + reach)));
  const widest = starts.reduce((most, start, output) => Math.max(most, (lasts[output] ?? 0) - start + 1), 1);
  const count = Math.ceil(widest / multiple) * multiple;

  const weights = new Float32Array(outputs * count);
  const exact = new Float64Array(count);
  for (let output = 0; output < outputs; output++) {
    const middle = centre(output);
    const start = starts[output] ?? 0;
    exact.fill(0);
    let sum = 0;
    for (let input = Math.ceil(middle - reach); input <= middle + reach; input++) {
      const weight = filter.weight(Math.abs(input - middle) / stretch);
      const tap = inside(input) - start;
      exact[tap] = (exact[tap] ?? 0) + weight;
      sum += weight;
    }
    weights.set(
      exact.map((weight) => weight / sum),
      output * count,
    );
  }
  return { count, starts, lasts, weights };
}
