import type { Rgb } from "../protocol/rgb.ts";
import type { Drawing, Filter } from "./drawing.ts";
import type { Point, Rect, Size } from "./size.ts";
import type { Tone } from "./tone.ts";

/** How a raster comes about: a canvas, what is drawn on it, and what happens to it then. */
export interface RasterPlan {
  readonly canvas: {
    readonly size: Size;
    /** Fills what is not drawn on; undefined leaves it transparent. */
    readonly background: Rgb | undefined;
  };
  /** Undefined where nothing of the source is seen. */
  readonly drawing: Drawing | undefined;
  /** Drawn into the alpha of what the picture was drawn on. */
  readonly mask: Drawing | undefined;
  readonly steps: readonly Step[];
}

/**
 * What happens to a raster after a picture was drawn into it, one thing at a time, in this order of a list. Coordinates
 * are pixels of the raster, from its top-left corner; rectangles called `within` are whole pixels inside of it.
 *
 * Steps up to `quantise` work in place. `turn`, `rescale` and `cut` make another raster, of the size that they name.
 */
export type Step = Blur | Sharpen | ToneChange | Fade | Fill | Trim | Quantise | Turn | Rescale | Cut;
export type StepName = Step["step"];
export type StepNamed<Name extends StepName> = Extract<Step, { step: Name }>;
/** A step that makes another raster, and has a size for it. */
export type Making = Extract<Step, { readonly size: Size }>;
export type InPlace = Exclude<Step, Making>;

/** A Gaussian; `within` is all there is, and its edge stands for what lies beyond. */
export interface Blur {
  readonly step: "blur";
  readonly within: Rect;
  /** Standard deviation in pixels, across and down; 0 leaves an axis as it is. */
  readonly sigma: Point;
}

/** v + amount · (v − blurred v), of premultiplied colour and of alpha, where the difference reaches the threshold. */
export interface Sharpen {
  readonly step: "sharpen";
  readonly within: Rect;
  /** What the picture is compared with: its blur, or the mean of each 3 × 3 pixels. */
  readonly against: { readonly sigma: Point } | "box3";
  readonly amount: number;
  /** In levels 0..255. */
  readonly threshold: number;
  /** All colours change by the difference of their luma. */
  readonly mono: boolean;
}

/** Colours, transparent or not, become others; alpha stays. */
export interface ToneChange {
  readonly step: "tone";
  readonly within: Rect;
  readonly tone: Tone;
  /** A small picture of all that the tone belongs to, where its median has to be known. */
  readonly survey?: RasterPlan;
}

/** Alpha times this, 0..1. */
export interface Fade {
  readonly step: "fade";
  readonly within: Rect;
  readonly opacity: number;
}

/** Lays a colour under what is there. */
export interface Fill {
  readonly step: "fill";
  readonly within: Rect;
  readonly colour: Rgb;
  /** 0..1 */
  readonly alpha: number;
}

/** Alpha times the part of each pixel that lies inside `to`, which may begin and end within pixels. */
export interface Trim {
  readonly step: "trim";
  readonly within: Rect;
  readonly to: Rect;
}

/** Where a point (x, y) comes from: (xx · x + xy · y + x0, yx · x + yy · y + y0). */
export interface Affine {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

/** Leaves the raster at most so many colours; that of fully transparent pixels is one of them. */
export interface Quantise {
  readonly step: "quantise";
  /** Made for the picture, or the same for all. */
  readonly palette: "adaptive" | "web" | "mac";
  /** What a pixel is off is spread over its neighbours. */
  readonly diffuse: boolean;
  /** 2..256 */
  readonly most: number;
  /** Are in the palette before all others. */
  readonly forced: readonly Rgb[];
}

/** Turns the raster by any angle into another; what lies outside of it is transparent, with an antialiased edge. */
export interface Turn {
  readonly step: "turn";
  readonly size: Size;
  /** From the pixels of the result to those of the raster. */
  readonly from: Affine;
  /** What of the raster is seen, in its pixels; may begin and end within pixels, and lie beyond the raster. */
  readonly seen: Rect;
  readonly filter: Filter;
}

/** Scales a part of the raster, with fractions, to a size, and lays it into another, transparent elsewhere. */
export interface Rescale {
  readonly step: "rescale";
  readonly size: Size;
  readonly window: Rect;
  /** Where the window's pixels go: whole pixels inside of `size`. */
  readonly to: Rect;
  readonly filter: Filter;
}

/** The part of the raster that is kept, whole pixels; beyond the raster it is transparent. */
export interface Cut {
  readonly step: "cut";
  readonly size: Size;
  /** Where its top-left corner lies in the raster. */
  readonly at: Point;
}

export function makesRaster(step: Step): step is Making {
  return "size" in step;
}

/** A raster on which nothing is drawn. */
export function blank({ width, height }: Size): RasterPlan {
  return {
    canvas: { size: { width, height }, background: undefined },
    drawing: undefined,
    mask: undefined,
    steps: [],
  };
}

/** The sizes of all rasters that there will be at one time or another. */
export function rasterSizes({ canvas, steps }: RasterPlan): readonly Size[] {
  return [
    canvas.size,
    ...steps.flatMap((step) => [
      ...(makesRaster(step) ? [step.size] : []),
      ...(step.step === "tone" && step.survey !== undefined ? rasterSizes(step.survey) : []),
    ]),
  ];
}
