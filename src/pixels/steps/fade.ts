import type { Fade } from "../../plan/steps.ts";
import type { Kernels } from "../kernels.ts";
import type { Raster } from "../raster.ts";
import type { Work } from "../work.ts";
import { bandBytes, changeRowsInto } from "./rows.ts";

/** The kernel's unit of opacity. */
const UNITY = 2 ** 24;

/**
 * a' = a · opacity, halves rounded up; where alpha becomes 0 the pixel is all zeros.
 *
 * The opacity is taken up to the next 2^-24, so that a half stays one and is not lost a little below it: 255 · 0.7. For
 * opacities of four decimals the result is exact, since no other product lies so close to a half.
 */
export function fadeInto(kernels: Kernels, raster: Raster, { within, opacity }: Fade): Work {
  const units = Math.ceil(opacity * UNITY);
  return changeRowsInto(kernels, raster, within, (address, count) => kernels.run.fadeRow(address, count, units));
}

/** Bytes of the arena that it reserves. */
export function fadeBytes({ within }: Fade): number {
  return bandBytes(within);
}
