import type { Size } from "../../plan/size.ts";
import type { Rescale } from "../../plan/steps.ts";
import { FILTERS } from "../filters.ts";
import { blockBytes, type Kernels } from "../kernels.ts";
import { passesOf } from "../passes.ts";
import { placeRowInto, type Raster } from "../raster.ts";
import { resampler, resamplerBytes } from "../resampler.ts";
import type { Resampling } from "../resampling.ts";
import type { Work } from "../work.ts";
import { bandOf, copyIntoBlock } from "./rows.ts";

const PIXEL = 4;
const ALONG_A_ROW = { x: 1, y: 0 };

/**
 * Scales the step's window of `from` and lays it into `to`, a transparent raster of the step's size. Beyond `from` its edge
 * repeats.
 */
export function* rescaleInto(kernels: Kernels, from: Raster, to: Raster, step: Rescale): Work {
  const { wanted, push } = resampler(kernels, resamplingOf(step, from.size));
  const strip = stripOf(wanted);
  const address = kernels.reserve(strip.bytes);
  const bottom = wanted.y + wanted.height;
  let laid = step.to.y;
  for (let y = wanted.y; y < bottom; y += strip.rows) {
    const rows = Math.min(strip.rows, bottom - y);
    copyIntoBlock(kernels.bytesAt(address, rows * strip.stride), from, { ...wanted, y, height: rows });
    for (const row of push({ x: wanted.x, y, width: wanted.width, rows, address, stride: strip.stride })) {
      placeRowInto(to, row, { start: { x: step.to.x, y: laid++ }, step: ALONG_A_ROW });
      yield row.length;
    }
    yield rows * strip.stride;
  }
}

/** Bytes of the arena that it reserves. */
export function rescaleBytes(step: Rescale, from: Size): number {
  const resampling = resamplingOf(step, from);
  return resamplerBytes(resampling) + blockBytes(stripOf(passesOf(resampling).wanted).bytes);
}

/** In quality mode: these are pictures of output size, that have been drawn once and are not to lose anything. */
function resamplingOf({ window, to, filter }: Rescale, from: Size): Resampling {
  return {
    source: from,
    window,
    size: { width: to.width, height: to.height },
    filter: FILTERS[filter],
    alpha: true,
    exact: true,
    linear: false,
  };
}

/** A strip has all the columns that are wanted, however many. */
function stripOf(wanted: Size): { readonly rows: number; readonly stride: number; readonly bytes: number } {
  const rows = bandOf(wanted).height;
  const stride = wanted.width * PIXEL;
  return { rows, stride, bytes: rows * stride };
}
