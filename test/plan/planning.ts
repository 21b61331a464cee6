import { Fault } from "../../src/faults.ts";
import type { Craft } from "../../src/plan/craft.ts";
import type { Delivery } from "../../src/plan/delivery.ts";
import type { Drawing } from "../../src/plan/drawing.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";
import type { Orientation } from "../../src/plan/orientation.ts";
import { type Plan, planPicture } from "../../src/plan/plan.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { readPlain } from "../support/reading.ts";

const FREE = { memory: () => ({ kernels: 0, beside: 0 }), blockingMs: () => 0 };
const RASTER = { takes: "raster", ...FREE } as const;

/** What costs nothing; the JPEG decoder has the sizes of the real one. */
export const CRAFT: Craft = {
  decoders: {
    jpeg: { shrinks: [1, 2, 4, 8], isWhole: false, memory: () => ({ kernels: 0, beside: 0 }) },
    png: { shrinks: [1], isWhole: false, memory: () => ({ kernels: 0, beside: 0 }) },
    webp: { shrinks: [1], isWhole: true, memory: () => ({ kernels: 0, beside: 0 }) },
  },
  encoders: {
    jpeg: { limits: { maxSide: 65_500, maxPixels: 16_000_000 }, ...RASTER },
    mozjpeg: { limits: { maxSide: 65_500, maxPixels: 16_000_000 }, ...RASTER },
    png: { limits: { maxSide: 2 ** 31 - 1, maxPixels: 16_000_000 }, ...RASTER },
    png8: { limits: { maxSide: 2 ** 31 - 1, maxPixels: 16_000_000 }, ...RASTER },
    squooshPng: { limits: { maxSide: 2 ** 31 - 1, maxPixels: 16_000_000 }, ...RASTER },
    webp: { limits: { maxSide: 16_383, maxPixels: 16_000_000 }, ...RASTER },
  },
  resampling: ({ source: { width, height } }) => {
    return { bytes: 0, wanted: { x: 0, y: 0, width: Math.ceil(width), height: Math.ceil(height) }, boxes: undefined };
  },
  stepBytes: () => 0,
};

/** The same with encoders that take rows where there are any. */
export const ROWS_CRAFT: Craft = {
  ...CRAFT,
  encoders: {
    ...CRAFT.encoders,
    jpeg: {
      ...CRAFT.encoders.jpeg,
      takes: "rows",
      ...{ mostBytes: ({ width, height }) => width * height, workMs: () => 0 },
    },
    png: {
      ...CRAFT.encoders.png,
      takes: "rows",
      ...{ mostBytes: ({ width, height }) => width * height * 4, workMs: () => 0 },
    },
  },
};

/** A JPEG whose upright picture has this size. */
export function facts(width: number, height: number, orientation: Orientation = 1): SourceFacts {
  return { format: "jpeg", orientation, size: { width, height }, alpha: false };
}

export function plan(
  modifiers: string,
  source = facts(1000, 500),
  vars: Readonly<Record<string, string>> = {},
  craft = CRAFT,
  bytes = 100_000,
  mask?: SourceFacts,
  delivery?: Delivery,
): Plan {
  const files = { picture: { facts: source, bytes }, mask: mask && { facts: mask, bytes } };
  return planPicture(readPlain(modifiers), files, readSettings(vars), craft, delivery);
}

/** The same, of a plan that draws something: what it draws. */
export function drawn(...about: Parameters<typeof plan>): Drawing {
  const { drawing } = plan(...about);
  if (drawing === undefined) throw new Error("nothing is drawn");
  return drawing;
}

export function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}
