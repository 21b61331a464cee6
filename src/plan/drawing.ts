import type { SourceFacts } from "./facts.ts";
import { inFile, type Orientation, turned } from "./orientation.ts";
import { from, mapped, whole } from "./rect.ts";
import type { Point, Rect, Size } from "./size.ts";

export type Filter = "bilin" | "bicub" | "sharp2" | "bisharp";

/** One pixel that is decoded stands for `shrink` × `shrink` in the file. */
export interface Decode {
  readonly shrink: 1 | 2 | 4 | 8;
}

/** How decoded pixels become those of a raster, as they lie in the file: not upright yet. */
export interface Resample {
  /** The decoded picture, in its pixels; it may end within one. */
  readonly source: Size;
  /** The part of it that is seen, with fractions, which becomes `size`. */
  readonly window: Rect;
  readonly size: Size;
  readonly filter: Filter;
  /** Every pixel is weighed: none are averaged first. */
  readonly exact: boolean;
  /** In linear light instead of encoded values. */
  readonly linear: boolean;
}

/** How a file comes into a raster: decoded, scaled, turned, and laid down. */
export interface Drawing {
  readonly source: SourceFacts;
  readonly decode: Decode;
  readonly resample: Resample;
  /** Where it lies in the raster, whole pixels, never beyond it. */
  readonly at: Point;
  /** How it is turned before it is laid there. */
  readonly orientation: Orientation;
  /** What becomes of its alpha, before it is scaled. */
  readonly alpha: "norm" | "invert" | "off";
}

/** Whether any pixel of it may be other than opaque. */
export function mayBeTransparent({ source, alpha }: Pick<Drawing, "source" | "alpha">): boolean {
  return alpha === "invert" || (alpha === "norm" && source.alpha);
}

/** Whether pixels get another alpha than they have in the file, before they are scaled. */
export function changesAlpha({ source, alpha }: Pick<Drawing, "source" | "alpha">): boolean {
  return alpha === "invert" || (alpha === "off" && source.alpha);
}

/** What of the way of scaling the server says. */
export interface Scaling {
  readonly filter: Filter;
  readonly exact: boolean;
  readonly linear: boolean;
}

/**
 * The drawing of a picture of which `part` is seen, whole pixels.
 *
 * @param picture     where all of it lies, in the same pixels; with fractions, since sizes are rounded at every stage
 * @param orientation how it is turned, from how it lies in its file
 * @param corner      what of these pixels the raster begins with
 * @param shrinks     at which the decoder of the source can decode, rising
 */
export function drawingOf(
  source: SourceFacts,
  { picture, part, orientation, corner }: { picture: Rect; part: Rect; orientation: Orientation; corner: Point },
  alpha: Drawing["alpha"],
  scaling: Scaling,
  shrinks: readonly Decode["shrink"][],
): Drawing {
  const file = turned(source.size, source.orientation);
  const seen = turned(file, orientation);
  const window = inFile(mapped(part, picture, whole(seen)), seen, orientation);
  const size = turned({ width: part.width, height: part.height }, orientation);
  const shrink = shrinkOf(window, size, scaling, shrinks);
  const { x, y } = from(corner, part);
  return {
    source,
    decode: { shrink },
    resample: {
      source: { width: file.width / shrink, height: file.height / shrink },
      window: {
        x: window.x / shrink,
        y: window.y / shrink,
        width: window.width / shrink,
        height: window.height / shrink,
      },
      size,
      ...scaling,
    },
    at: { x, y },
    orientation,
    alpha,
  };
}

/**
 * What the filter still shrinks by, at least, behind a decoder that shrinks. With less the filter has nothing left to do,
 * and its sharpness is missing: 37 dB instead of 50, measured on photographs that shrink by 8.2.
 */
const LEFT_TO_FILTER = 1.15;

/**
 * The source is decoded at the smallest size that leaves the filter something to do, where that loses nothing that was
 * asked for: averages of encoded values are not those of light.
 */
function shrinkOf(
  window: Size,
  size: Size,
  { exact, linear }: Scaling,
  shrinks: readonly Decode["shrink"][],
): Decode["shrink"] {
  if (exact || linear) return 1;
  const factor = Math.min(window.width / size.width, window.height / size.height) / LEFT_TO_FILTER;
  return shrinks.findLast((each) => each <= factor) ?? 1;
}
