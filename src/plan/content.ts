import type { LayerValues } from "../protocol/commands/table.ts";
import type { Colour } from "../protocol/grammar/colour.ts";
import { opaqueRgb } from "../protocol/rgb.ts";
import { type Drawing, drawingOf } from "./drawing.ts";
import { type Operation, operationsOf, placed } from "./operations.ts";
import { followedBy, type Orientation, turned, upright } from "./orientation.ts";
import { atLeastPixels, from, intersection, isEmpty, looksWhole, mapped, outward, sharedEdges, whole } from "./rect.ts";
import type { Scene } from "./scene.ts";
import type { Point, Rect } from "./size.ts";
import { blank, type RasterPlan, type Step } from "./steps.ts";
import { surveySize, withSurvey } from "./survey.ts";

/** Where the scaled part of a source lies: its box, how it is turned within, and the raster that it is drawn into. */
export interface ContentPlace {
  /** The box of the scaled part after it was turned, with fractions. */
  readonly box: Rect;
  /** From upright to how it lies in the box. */
  readonly orientation: Orientation;
  /** What the raster has of these pixels, whole ones. */
  readonly frame: Rect;
  /** The part of it that may be drawn on. */
  readonly limits: Rect;
}

/** The layer's own operations. @param scale pixels of the raster a pixel of the layer, across and down */
export function layerOperations({ layer, layerCommands }: Scene, scale: Point): readonly Operation[] {
  const { crop, scaled } = layer;
  const reduced = Math.min(1, scaled.width / crop.width, scaled.height / crop.height);
  return operationsOf(layerCommands, { asGiven: scale, full: { x: scale.x * reduced, y: scale.y * reduced } });
}

/**
 * Draws the content of a layer before it is turned by more than quarters: the picture and its mask, the layer's own
 * operations, its opacity, and its colour underneath. It reaches to the borders of the pixels that its box touches.
 *
 * Source: protocol.md 5.2, steps 1 to 3a.
 */
export function contentOf(
  scene: Scene,
  { box, orientation, frame, limits }: ContentPlace,
  operations: readonly Operation[],
): Pick<RasterPlan, "drawing" | "mask" | "steps"> {
  const { picture, mask, layer, layerCommands, scaling, craft } = scene;
  const { crop, scaled } = layer;
  const across = scaled.width / crop.width;
  const down = scaled.height / crop.height;
  // Where all of the source lies beside the part that is cropped out of it.
  const all = {
    x: -crop.x * across,
    y: -crop.y * down,
    width: picture.size.width * across,
    height: picture.size.height * down,
  };
  const lies = mapped(upright(all, scaled, orientation), whole(turned(scaled, orientation)), box);
  const visible = intersection(lies, box);
  const within = from(frame, intersection(outward(box), limits));
  const part = intersection(outward(visible), limits);
  if (isEmpty(within)) return { drawing: undefined, mask: undefined, steps: [] };

  const { maskUse = "norm", opac, color } = layerCommands;
  const isMasked = mask !== undefined && maskUse !== "off";
  const draw = (source: typeof picture, use: Drawing["alpha"]): Drawing | undefined => {
    if (isEmpty(visible) || isEmpty(part)) return undefined;
    const turn = followedBy(source.orientation, orientation);
    return drawingOf(
      source,
      { picture: atLeastPixels(lies, part), part, orientation: turn, corner: frame },
      use,
      scaling,
      craft.decoders[source.format].shrinks,
    );
  };
  const edges = sharedEdges(visible, box);
  return {
    drawing: draw(picture, isMasked ? "off" : maskUse),
    mask: isMasked ? draw(mask, maskUse) : undefined,
    steps: [
      // Where the crop goes beyond the picture, the picture may end within pixels.
      ...(isEmpty(visible) || looksWhole(edges, frame)
        ? []
        : [{ step: "trim", within: from(frame, part), to: from(frame, edges) } as const]),
      ...placed(operations, within).map((step) => withSurvey(step, () => surveyOf(scene))),
      ...faded(opac, within),
      ...filled(color, within),
    ],
  };
}

/** `opac=`, where anything shines through. */
export function faded(opac: LayerValues["opac"], within: Rect): readonly Step[] {
  const { opacity = 100, fill = 100 } = opac ?? {};
  const share = (opacity * fill) / 10_000;
  return share < 1 ? [{ step: "fade", within, opacity: share }] : [];
}

/** A colour underneath, where it can be seen. */
export function filled(colour: Colour | undefined, within: Rect): readonly Step[] {
  if (colour === undefined || colour.alpha === 0) return [];
  return [{ step: "fill", within, colour: opaqueRgb(colour), alpha: colour.alpha }];
}

/** The layer's picture, small and without its operations. */
function surveyOf(scene: Scene): RasterPlan {
  const { scaled, orientation } = scene.layer;
  const size = surveySize(turned(scaled, orientation));
  const frame = whole(size);
  const { opac: _, color: __, ...layerCommands } = scene.layerCommands;
  return {
    canvas: blank(size).canvas,
    ...contentOf({ ...scene, layerCommands }, { box: frame, orientation, frame, limits: frame }, []),
  };
}
