import type { FinalViewValues } from "../protocol/commands/table.ts";
import { composed, rasterOf } from "./composite.ts";
import { operationsOf, placed, reachOf } from "./operations.ts";
import {
  around,
  atLeastPixels,
  contains,
  from,
  intersection,
  isEmpty,
  looksWhole,
  mapped,
  outward,
  whole,
  widened,
} from "./rect.ts";
import type { Reply } from "./reply.ts";
import type { Scene } from "./scene.ts";
import { type Point, type Rect, wholePixels } from "./size.ts";
import { blank, type RasterPlan } from "./steps.ts";

/**
 * How the reply comes about, up to its background: the composite, scaled and placed as the view has it, the operations of
 * the final view, and the part of it that is answered.
 *
 * Everything is made at the size of the reply and only where it is seen, with as much beside it as operations look at.
 * Source: protocol.md 5.1 (6 to 9), 5.6.
 */
export function viewRaster(scene: Scene, reply: Reply, finalView: FinalViewValues): RasterPlan {
  const full = { x: Math.min(1, reply.scale.x), y: Math.min(1, reply.scale.y) };
  const operations = operationsOf(finalView, { asGiven: { x: 1, y: 1 }, full });
  const answered = whole(reply.size);
  const need = around(answered, intersection(widened(answered, reachOf(operations)), reply.view));

  const { frame, ...raster } = isFolded(scene, reply)
    ? composed(scene, reply.composite, need)
    : rescaled(scene, reply.composite, need);
  const view = from(frame, intersection(reply.view, frame));
  const isPadded = !contains(reply.view, answered) && !contains(reply.view, intersection(reply.composite, frame));
  const isLarger = frame.width !== answered.width || frame.height !== answered.height;
  return {
    canvas: raster.canvas,
    drawing: raster.drawing,
    mask: raster.mask,
    steps: [
      ...raster.steps,
      ...(isEmpty(view) ? [] : placed(operations, view)),
      // A view may crop the composite; what is answered beside the view does not show the rest of it.
      ...(isPadded ? [{ step: "trim", within: whole(frame), to: view } as const] : []),
      ...(isLarger
        ? [{ step: "cut", size: reply.size, at: { x: answered.x - frame.x, y: answered.y - frame.y } } as const]
        : []),
    ],
  };
}

/** Differences of scale that come of rounding to whole pixels. */
const NEARLY_EVEN = 1.05;

/**
 * Whether the composite may be made at the scale of the reply at once. Not where a layer was made smaller and the view
 * enlarges it, for that shows what was lost; nor where a layer that is turned is stretched then, for a turn keeps angles.
 */
function isFolded({ layer }: Scene, { composite }: Reply): boolean {
  const { x, y } = scaleOf(layer.size, composite);
  const isReduced = layer.scaled.width < layer.crop.width || layer.scaled.height < layer.crop.height;
  if (isReduced && Math.max(x, y) > 1) return false;
  return layer.angleDeg === 0 || Math.max(x / y, y / x) <= NEARLY_EVEN;
}

/** What the widest filter looks at, in output pixels or, when enlarging, in pixels of the composite. */
const FILTER_REACH = 3;

/** The composite made at a scale of its own, and scaled to where it lies. */
function rescaled(scene: Scene, lies: Rect, need: Rect): RasterPlan & { frame: Rect } {
  const { layer, scaling } = scene;
  const scale = scaleOf(layer.size, lies);
  const even = layer.angleDeg !== 0;
  const own = {
    x: Math.min(1, even ? Math.max(scale.x, scale.y) : scale.x),
    y: Math.min(1, even ? Math.max(scale.x, scale.y) : scale.y),
  };
  const small = whole({
    width: wholePixels(layer.size.width * own.x),
    height: wholePixels(layer.size.height * own.y),
  });
  const to = intersection(outward(lies), need);
  if (isEmpty(to)) return { ...blank(need), frame: need };
  const window = mapped(to, atLeastPixels(lies, to), small);
  const reach = {
    x: Math.ceil(FILTER_REACH * Math.max(1, own.x / scale.x)) + 1,
    y: Math.ceil(FILTER_REACH * Math.max(1, own.y / scale.y)) + 1,
  };
  const { frame, ...composite } = composed(scene, small, intersection(outward(widened(window, reach)), outward(small)));
  return {
    ...rasterOf({ ...composite, frame }),
    steps: [
      ...composite.steps,
      {
        step: "rescale",
        size: { width: need.width, height: need.height },
        window: from(frame, window),
        to: from(need, to),
        filter: scaling.filter,
      },
      ...(looksWhole(lies, to) ? [] : [{ step: "trim", within: from(need, to), to: from(need, lies) } as const]),
    ],
    frame: need,
  };
}

function scaleOf(size: { width: number; height: number }, lies: Rect): Point {
  return { x: lies.width / size.width, y: lies.height / size.height };
}
