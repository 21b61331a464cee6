import type { Sharpen } from "../../plan/steps.ts";
import { TO_FLOATS } from "../ends.ts";
import type { FilterShape } from "../filters.ts";
import { gaussianOf, isBlurred, keptOf } from "../gaussian.ts";
import { blockBytes, type Kernels } from "../kernels.ts";
import type { Raster } from "../raster.ts";
import type { Work } from "../work.ts";
import { type Filtering, filteringBytes, filterRows } from "./filtering.ts";

/** The mean of three. */
const BOX3: FilterShape = { support: 1.5, weight: (distance) => (distance < 1.5 ? 1 : 0) };

/**
 * Sharpens a part of a raster in place: what sets it off from its blur is added to it, premultiplied; its edge repeats.
 *
 * The blur stays floats, since the amount would make its rounding visible. Reserves `sharpenBytes` of the kernels'
 * memory, and leaves them to be cleared.
 */
export function* sharpenInto(kernels: Kernels, raster: Raster, step: Sharpen): Work {
  if (isIdentity(step)) return;
  const { within, amount, threshold, mono } = step;
  const bytes = within.width * 4;
  const address = kernels.reserve(bytes);
  yield* filterRows(kernels, raster, filteringOf(step), TO_FLOATS, (blurred, at) => {
    const from = ((within.y + at) * raster.size.width + within.x) * 4;
    const row = kernels.bytesAt(address, bytes);
    row.set(raster.data.subarray(from, from + bytes));
    const sharpen = blurred.opaque ? kernels.run.sharpenOpaqueRow : kernels.run.sharpenRow;
    sharpen(address, blurred.address, within.width, amount, threshold, mono);
    raster.data.set(row, from);
  });
}

/** Bytes of the kernels' memory that the step reserves. */
export function sharpenBytes(step: Sharpen): number {
  if (isIdentity(step)) return 0;
  return blockBytes(step.within.width * 4) + filteringBytes(filteringOf(step), TO_FLOATS);
}

function isIdentity({ within, against, amount }: Sharpen): boolean {
  if (within.width * within.height === 0 || amount === 0) return true;
  return against !== "box3" && !isBlurred(against.sigma.x) && !isBlurred(against.sigma.y);
}

function filteringOf({ within, against }: Sharpen): Filtering {
  if (against === "box3") return { within, across: keptOf(within.width, BOX3), down: keptOf(within.height, BOX3) };
  const { x, y } = against.sigma;
  return { within, across: gaussianOf(within.width, x), down: gaussianOf(within.height, y) };
}
