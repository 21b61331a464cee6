import { Fault } from "../faults.ts";
import type { RequestValues, ViewValues } from "../protocol/commands/table.ts";
import { type Point, type Rect, type Size, sizeText, wholePixels } from "./size.ts";
import type { View } from "./view.ts";

export type ReplyCommands = Pick<ViewValues, "rect"> & Pick<RequestValues, "dpr">;

/** The reply: the view, or a part of it, larger or smaller. All in pixels of the reply. */
export interface Reply {
  readonly size: Size;
  /** Pixels of the reply a pixel of the composite, before sizes are rounded. */
  readonly scale: Point;
  /** Where the whole view lies; beyond it there is nothing but `bgc`. */
  readonly view: Rect;
  readonly composite: Rect;
}

/**
 * What of the view is answered, and how large: `rect=` and its scale, times the device's pixel ratio.
 *
 * @throws Fault `maxPix` where the reply is larger than allowed; for the sake of `dpr=` it becomes no larger than that
 *
 * Source: protocol.md 3.1 (dpr), 3.3 (rect), 5.6.
 */
export function replyOf(view: View, { rect, dpr }: ReplyCommands, maxPix: Size): Reply {
  const scale = rect?.scale ?? 1;
  const asked = rect ?? { x: 0, y: 0, ...times(view.size, scale) };
  if (exceeds(asked, maxPix)) {
    throw new Fault("maxPix", `${sizeText(asked)}, at most ${sizeText(maxPix)}`, { mayBeTold: true });
  }
  const ratio = Math.min(dpr?.switch === "on" ? (dpr.ratio ?? 1) : 1, most(asked, maxPix));
  // The view is stretched to whole pixels, so that its edges are filled.
  const stretched = times(view.size, scale * ratio);
  const across = stretched.width / view.size.width;
  const down = stretched.height / view.size.height;
  const corner = { x: Math.floor(asked.x * ratio + 0.5), y: Math.floor(asked.y * ratio + 0.5) };
  const { composite } = view;
  return {
    size: rect === undefined ? stretched : times(rect, ratio),
    scale: { x: view.scale.x * scale * ratio, y: view.scale.y * scale * ratio },
    view: { x: -corner.x + 0, y: -corner.y + 0, ...stretched },
    composite: {
      x: composite.x * across - corner.x,
      y: composite.y * down - corner.y,
      width: composite.width * across,
      height: composite.height * down,
    },
  };
}

function times({ width, height }: Size, factor: number): Size {
  return { width: wholePixels(width * factor), height: wholePixels(height * factor) };
}

function exceeds({ width, height }: Size, most: Size): boolean {
  return (most.width > 0 && width > most.width) || (most.height > 0 && height > most.height);
}

/** The factor by which a size reaches the largest allowed. */
function most({ width, height }: Size, { width: across, height: down }: Size): number {
  return Math.min(
    across > 0 ? across / width : Number.POSITIVE_INFINITY,
    down > 0 ? down / height : Number.POSITIVE_INFINITY,
  );
}
