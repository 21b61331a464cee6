import type { ViewValues } from "../protocol/commands/table.ts";
import { type Point, type Rect, type Size, wholePixels } from "./size.ts";

/** The part of a request that speaks of the view. */
export type ViewCommands = Pick<ViewValues, "wid" | "hei" | "scl" | "fit" | "align" | "rgn">;

export interface ViewDefaults {
  /** Largest view where the request gives no size at all; 0 = unconstrained. */
  readonly DefaultPix: Size;
  readonly DefaultUpscale: boolean;
}

/** How a composite is scaled and laid into its view. */
export interface View {
  /** View pixels per composite pixel, as the rules give it, before sizes are rounded. */
  readonly scale: Point;
  /**
   * The composite after scaling, or the region of it that was asked for. It is stretched to these whole pixels, so that
   * its edges are filled.
   */
  readonly scaled: Size;
  readonly size: Size;
  /** Top-left corner of what was scaled in the view; negative where the view crops it. */
  readonly offset: Point;
  /** Where the whole composite lies in the view; with a region it may begin and end within pixels. */
  readonly composite: Rect;
}

/**
 * The view transform: the scale that `fit`, `scl` and the sizes ask for, and where the picture then lies.
 *
 * Total for valid commands; `fit` without `wid` and `hei` is the caller's to refuse.
 * Source: protocol.md 5.6.
 */
export function viewOf(composite: Size, commands: ViewCommands, defaults: ViewDefaults): View {
  // A region does not crop: what lies beside it shows where the view is larger.
  const region = commands.rgn ?? { x: 0, y: 0, ...composite };
  const { scale, scaled, size } = fitted(region, commands, defaults);
  const { horizontal, vertical } = commands.align ?? { horizontal: 0, vertical: 0 };
  const offset = {
    x: aligned(size.width, scaled.width, horizontal),
    y: aligned(size.height, scaled.height, vertical),
  };
  const across = scaled.width / region.width;
  const down = scaled.height / region.height;
  return {
    scale,
    scaled,
    size,
    offset,
    composite: {
      x: offset.x - region.x * across,
      y: offset.y - region.y * down,
      // Of the whole composite exactly, not by way of a quotient.
      width: region.width === composite.width ? scaled.width : composite.width * across,
      height: region.height === composite.height ? scaled.height : composite.height * down,
    },
  };
}

/** Leftover pixels go right and down. */
function aligned(view: number, scaled: number, align: number): number {
  // Adding 0 turns the −0 of a crop aligned to the left into 0.
  return Math.floor(((view - scaled) * (1 + align)) / 2) + 0;
}

type Fitted = Omit<View, "offset" | "composite">;

function fitted(composite: Size, { wid, hei, scl, fit }: ViewCommands, defaults: ViewDefaults): Fitted {
  if (scl !== undefined) {
    const { scale, scaled } = evenly(composite, 1 / scl);
    return { scale, scaled, size: { width: wid ?? scaled.width, height: hei ?? scaled.height } };
  }
  if (wid === undefined && hei === undefined) return unasked(composite, defaults.DefaultPix);

  const { mode, upscale = defaults.DefaultUpscale } = fit ?? { mode: "fit" };
  const cap = (factor: number) => (upscale ? factor : Math.min(factor, 1));
  const x = wid === undefined ? undefined : cap(wid / composite.width);
  const y = hei === undefined ? undefined : cap(hei / composite.height);
  const shape = SHAPES[mode];

  // With one dimension every mode is the one-dimension rule; only constrain and wrap leave no bars.
  const scale = x === undefined || y === undefined ? both(x ?? y ?? 1) : shape.scale({ x, y });
  const scaled = {
    width: scaledLength(composite.width, scale.x, wid),
    height: scaledLength(composite.height, scale.y, hei),
  };
  return {
    scale,
    scaled,
    size: shape.view === "scaled" ? scaled : { width: wid ?? scaled.width, height: hei ?? scaled.height },
  };
}

/** What each mode of `fit=` does with the two factors, and whether the view is the asked size or the picture's. */
const SHAPES = {
  fit: { view: "asked", scale: ({ x, y }) => both(Math.min(x, y)) },
  constrain: { view: "scaled", scale: ({ x, y }) => both(Math.min(x, y)) },
  crop: { view: "asked", scale: ({ x, y }) => both(Math.max(x, y)) },
  wrap: { view: "scaled", scale: ({ x, y }) => both(Math.max(x, y)) },
  stretch: { view: "asked", scale: (factors) => factors },
  hfit: { view: "asked", scale: ({ x }) => both(x) },
  vfit: { view: "asked", scale: ({ y }) => both(y) },
} as const satisfies Record<string, { view: "asked" | "scaled"; scale: (factors: Point) => Point }>;

function both(factor: number): Point {
  return { x: factor, y: factor };
}

function evenly(composite: Size, factor: number): { scale: Point; scaled: Size } {
  const scaled = { width: wholePixels(composite.width * factor), height: wholePixels(composite.height * factor) };
  return { scale: both(factor), scaled };
}

/** Where a given dimension defined the scale it is met exactly, not by way of a quotient (protocol.md 5.6). */
function scaledLength(length: number, factor: number, asked: number | undefined): number {
  return asked !== undefined && factor === asked / length ? asked : wholePixels(length * factor);
}

/** No wid, hei or scl: the composite, no larger than DefaultPix, never enlarged. */
function unasked(composite: Size, limit: Size): Fitted {
  const factor = Math.min(
    1,
    limit.width > 0 ? limit.width / composite.width : 1,
    limit.height > 0 ? limit.height / composite.height : 1,
  );
  const { scale, scaled } = evenly(composite, factor);
  return { scale, scaled, size: scaled };
}
