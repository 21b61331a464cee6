import type { Fill } from "../../plan/steps.ts";
import { blockBytes, type Kernels } from "../kernels.ts";
import type { Raster } from "../raster.ts";
import type { Work } from "../work.ts";
import { bandBytes, changeRowsInto } from "./rows.ts";

const FLOAT_PIXEL = 16;

/**
 * Lays a colour under what is there: a' = a + f · (1 − a), c' = (c · a + F · f · (1 − a)) / a'. Opaque pixels stay as they
 * are; where alpha is 0 afterwards the pixel is all zeros.
 *
 * Source: protocol.md 5.5, blend mode norm, the colour being the backdrop.
 */
export function* fillInto(kernels: Kernels, raster: Raster, { within, colour, alpha }: Fill): Work {
  const under = kernels.place(Float32Array.of(...colour.map((level) => level * alpha), alpha));
  yield* changeRowsInto(kernels, raster, within, (address, count) => kernels.run.fillRow(address, count, under));
}

/** Bytes of the arena that it reserves. */
export function fillBytes({ within }: Fill): number {
  return blockBytes(FLOAT_PIXEL) + bandBytes(within);
}
