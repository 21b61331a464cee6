import type { Rgb } from "../plan/colour.ts";
import type { Rect, Size } from "../plan/size.ts";
import type { FilterShape } from "./filters.ts";
import type { Kernels } from "./kernels.ts";
import { tapsOf } from "./taps.ts";

export interface Resampling {
  /** Rows that are pushed have the width of this. */
  readonly source: Size;
  /** The part of the source that becomes `size`, with fractions. */
  readonly window: Rect;
  readonly size: Size;
  readonly filter: FilterShape;
  /** The result is laid over this colour and opaque; undefined keeps its transparency. */
  readonly background: Rgb | undefined;
}

/** Rows of RGBA8 in, from the top; resampled rows of RGBA8 out, from the top. */
export interface Resampler {
  /** Source rows first … end − 1 are wanted; others need not be pushed. */
  readonly first: number;
  readonly end: number;
  /**
   * Takes source row `y`, and yields the rows that are finished with it; all must be taken before the next row is
   * pushed, and each before the next one. Rows must come in order, none of the wanted ones left out.
   */
  push(y: number, row: Uint8Array): Iterable<Uint8Array>;
}

/** Bytes of an RGBA8 pixel, and of the kernels' float pixel. */
const BYTES = 4;
const FLOATS = 16;
/** The horizontal kernel takes this many weights at once. */
const TAPS_AT_ONCE = 4;

/**
 * A separable, row-streaming resampler: horizontal first, in premultiplied floats, so that alpha comes out right.
 *
 * Vertically it holds whichever is fewer: the sums of the output rows in progress (shrinking), or the source rows that
 * an output row needs (enlarging). Either way it is a handful of rows of output width, whatever the factor.
 */
export function resampler(kernels: Kernels, { source, window, size, filter, background }: Resampling): Resampler {
  const across = tapsOf(
    { inputs: source.width, from: window.x, covers: window.width, outputs: size.width },
    filter,
    TAPS_AT_ONCE,
  );
  const down = tapsOf(
    { inputs: source.height, from: window.y, covers: window.height, outputs: size.height },
    filter,
    1,
  );
  const firstColumn = across.starts[0] ?? 0;
  const columns = (across.lasts[size.width - 1] ?? 0) - firstColumn + 1;

  const rowBytes = size.width * FLOATS;
  const narrow = kernels.reserve(columns * BYTES);
  const wide = kernels.reserve((columns + across.count) * FLOATS);
  const starts = kernels.place(across.starts.map((start) => start - firstColumn));
  const weights = kernels.place(across.weights);
  const settled = kernels.reserve(size.width * BYTES);
  const colour = kernels.reserve(BYTES);
  if (background !== undefined) kernels.bytesAt(colour, BYTES).set([...background, 255]);

  const { run } = kernels;

  /** Resamples one source row horizontally into `to`. */
  function widthwise(row: Uint8Array, to: number): void {
    const from = firstColumn * BYTES;
    kernels.bytesAt(narrow, columns * BYTES).set(row.subarray(from, from + columns * BYTES));
    run.premultiplyRow(narrow, wide, columns);
    run.convolveRow(wide, to, starts, weights, across.count, size.width);
  }

  function settledRow(sum: number): Uint8Array {
    if (background === undefined) run.unpremultiplyRow(sum, settled, size.width);
    else run.flattenRow(sum, settled, size.width, colour);
    return kernels.bytesAt(settled, size.width * BYTES);
  }

  const weightOf = (output: number, y: number) =>
    down.weights[output * down.count + y - (down.starts[output] ?? 0)] ?? 0;

  /** Output rows in progress at once, if each source row is added to all of them. */
  const sumsHeld = mostAtOnce(down.starts, down.lasts);
  /** Source rows held at once, if each output row is summed up when its last one has come. */
  const rowsHeld = down.count;
  let next = 0;

  function addToSums(): Resampler["push"] {
    const sums = kernels.reserve(sumsHeld * rowBytes);
    const scratch = kernels.reserve(rowBytes);
    const sumOf = (output: number) => sums + (output % sumsHeld) * rowBytes;
    return function* (y, row) {
      widthwise(row, scratch);
      for (let output = next; output < size.height && (down.starts[output] ?? 0) <= y; output++) {
        const weight = weightOf(output, y);
        if (weight !== 0) run.accumulateRow(sumOf(output), scratch, weight, size.width);
      }
      for (; next < size.height && (down.lasts[next] ?? 0) <= y; next++) {
        yield settledRow(sumOf(next));
        kernels.bytesAt(sumOf(next), rowBytes).fill(0);
      }
    };
  }

  function sumWhenComplete(): Resampler["push"] {
    const rows = kernels.reserve(rowsHeld * rowBytes);
    const sum = kernels.reserve(rowBytes);
    const rowAt = (y: number) => rows + (y % rowsHeld) * rowBytes;
    return function* (y, row) {
      widthwise(row, rowAt(y));
      for (; next < size.height && (down.lasts[next] ?? 0) <= y; next++) {
        kernels.bytesAt(sum, rowBytes).fill(0);
        for (let from = down.starts[next] ?? 0; from <= (down.lasts[next] ?? 0); from++) {
          run.accumulateRow(sum, rowAt(from), weightOf(next, from), size.width);
        }
        yield settledRow(sum);
      }
    };
  }

  return {
    first: down.starts[0] ?? 0,
    end: (down.lasts[size.height - 1] ?? 0) + 1,
    push: sumsHeld <= rowsHeld ? addToSums() : sumWhenComplete(),
  };
}

/** Largest number of outputs that have begun and not ended; both lists never fall. */
function mostAtOnce(starts: Uint32Array, ends: Uint32Array): number {
  let most = 1;
  let ended = 0;
  for (let output = 0; output < starts.length; output++) {
    while ((ends[ended] ?? 0) < (starts[output] ?? 0)) ended++;
    most = Math.max(most, output - ended + 1);
  }
  return most;
}
