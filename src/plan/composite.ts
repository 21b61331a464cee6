import { contentOf, faded, filled, layerOperations } from "./content.ts";
import { flipOf } from "./layer.ts";
import { type Operation, operationsOf, placed, reachOf } from "./operations.ts";
import { followedBy, type Orientation, turned, upright } from "./orientation.ts";
import {
  around,
  contains,
  from,
  intersection,
  isEmpty,
  looksWhole,
  mapped,
  outward,
  sharedEdges,
  whole,
  widened,
} from "./rect.ts";
import type { Scene } from "./scene.ts";
import { type Point, type Rect, sum } from "./size.ts";
import { type Affine, blank, type RasterPlan, type Step } from "./steps.ts";
import { surveySize, withSurvey } from "./survey.ts";
import { turnedBox, turnOfAngle } from "./turned-box.ts";

/** A composite in a raster, and what of it the raster has. */
export interface Composed extends RasterPlan {
  /** Whole pixels of the space in which the composite was placed: where the last raster lies. */
  readonly frame: Rect;
}

/**
 * Composes layer 0 into a raster, at the scale of the place where the composite is to lie.
 *
 * @param lies      where the whole composite lies, with fractions
 * @param need      whole pixels that have to be there; the raster has more where operations look further
 * @param composite what is done to the whole; nothing of it in a survey
 *
 * Source: protocol.md 5.1 (1 to 4), 5.2.
 */
export function composed(scene: Scene, lies: Rect, need: Rect, composite = scene.compositeCommands): Composed {
  const { layer, layerCommands } = scene;
  const scale = { x: lies.width / layer.size.width, y: lies.height / layer.size.height };
  const operations = operationsOf(composite, { asGiven: scale, full: scale });
  // A layer turned by any angle has a raster of its own for its operations to look around in.
  const inLayer = layer.angleDeg === 0 ? layerOperations(scene, scale) : [];
  const reach = sum(reachOf(operations), reachOf(inLayer));
  const frame = around(need, intersection(widened(need, reach), outward(lies)));
  const within = from(frame, intersection(outward(lies), frame));
  if (isEmpty(within)) return { ...blank(frame), frame };
  const flip = flipOf(composite.flip);
  const box = mapped(upright({ ...layer.at, ...layer.turned }, layer.size, flip), whole(layer.size), lies);

  const content =
    layer.angleDeg === 0
      ? straight(scene, { box, orientation: followedBy(layer.orientation, flip), frame, lies }, inLayer)
      : freelyTurned(scene, { lies, frame, box, flip, scale });
  const survey = () => {
    const size = whole(surveySize(layer.size));
    return rasterOf(composed(scene, size, size, {}));
  };
  return {
    ...content,
    steps: [
      ...content.steps,
      ...filled(layerCommands.bgColor, within),
      ...placed(operations, within).map((step) => withSurvey(step, survey)),
      ...faded(composite.opac, within),
      ...(looksWhole(lies, frame) ? [] : [{ step: "trim", within, to: from(frame, lies) } as const]),
    ],
    frame,
  };
}

/** Without the place, which is of no more interest. */
export function rasterOf({ canvas, drawing, mask, steps }: Composed): RasterPlan {
  return { canvas, drawing, mask, steps };
}

interface StraightPlace {
  readonly box: Rect;
  readonly orientation: Orientation;
  readonly frame: Rect;
  readonly lies: Rect;
}

/** A layer whose pixels lie along those of the raster: drawn where it belongs. */
function straight(scene: Scene, place: StraightPlace, operations: readonly Operation[]): RasterPlan {
  const { box, frame, lies } = place;
  // Negative margins crop the layer: it has to end where the composite does.
  const limits = intersection(frame, outward(lies));
  const content = contentOf(scene, { ...place, limits }, operations);
  // At the edges that are the composite's own, that is trimmed.
  const edges = sharedEdges(box, lies);
  const within = from(frame, intersection(outward(box), limits));
  const trims: readonly Step[] = looksWhole(edges, limits) ? [] : [{ step: "trim", within, to: from(frame, edges) }];
  return {
    canvas: blank(frame).canvas,
    ...content,
    steps: [...content.steps, ...trims],
  };
}

/** How far the cubic filter of a turn looks, in pixels. */
const TURN_REACH = 3;

/** A layer turned by any angle: drawn by itself, as it lies before it is turned, and turned into the raster. */
function freelyTurned(
  scene: Scene,
  { lies, frame, box, flip, scale }: { lies: Rect; frame: Rect; box: Rect; flip: Orientation; scale: Point },
): RasterPlan {
  const { layer } = scene;
  const { orientation } = layer;
  const size = turned(layer.scaled, orientation);
  const factor = Math.max(scale.x, scale.y);
  const own = { x: 0, y: 0, width: size.width * factor, height: size.height * factor };

  const { cos, sin } = turnOfAngle(layer.angleDeg);
  const corner = turnedBox(size, layer.angleDeg).point({ x: 0, y: 0 });
  /** A pixel of the raster → a point of the layer before it was turned, in pixels of its own raster. */
  const back = (point: Point): Point => {
    const inLies = { x: frame.x + point.x, y: frame.y + point.y, width: 0, height: 0 };
    const flipped = mapped(inLies, lies, whole(layer.size));
    const unflipped = upright(flipped, layer.size, flip);
    const x = unflipped.x - layer.at.x - corner.x;
    const y = unflipped.y - layer.at.y - corner.y;
    return { x: (x * cos + y * sin) * factor, y: (y * cos - x * sin) * factor };
  };
  const operations = layerOperations(scene, { x: factor, y: factor });
  const seen = from(frame, intersection(outward(box), frame));
  const corners = [
    back(seen),
    back({ x: seen.x + seen.width, y: seen.y }),
    back({ x: seen.x, y: seen.y + seen.height }),
    back({ x: seen.x + seen.width, y: seen.y + seen.height }),
  ];
  const looked = widened(boundsOf(corners), { x: TURN_REACH, y: TURN_REACH });
  const drawn = intersection(outward(widened(looked, reachOf(operations))), outward(own));
  if (isEmpty(seen) || isEmpty(drawn)) return blank(frame);

  const content = contentOf(scene, { box: own, orientation, frame: drawn, limits: drawn }, operations);
  // An antialiased edge reaches half a pixel further than what it is the edge of.
  const isBeside = !contains(outward(lies), frame);
  return {
    ...content,
    canvas: blank(drawn).canvas,
    steps: [
      ...content.steps,
      {
        step: "turn",
        size: { width: frame.width, height: frame.height },
        from: affineOf((point) => {
          const { x, y } = back(point);
          return { x: x - drawn.x, y: y - drawn.y };
        }),
        seen: from(drawn, own),
        filter: scene.scaling.filter,
      },
      ...(isBeside ? [{ step: "trim", within: whole(frame), to: from(frame, outward(lies)) } as const] : []),
    ],
  };
}

/** The coefficients of a map that is known to be affine. */
function affineOf(map: (point: Point) => Point): Affine {
  const origin = map({ x: 0, y: 0 });
  const right = map({ x: 1, y: 0 });
  const below = map({ x: 0, y: 1 });
  return {
    xx: right.x - origin.x,
    xy: below.x - origin.x,
    x0: origin.x,
    yx: right.y - origin.y,
    yy: below.y - origin.y,
    y0: origin.y,
  };
}

function boundsOf(points: readonly Point[]): Rect {
  const across = points.map(({ x }) => x);
  const down = points.map(({ y }) => y);
  const x = Math.min(...across);
  const y = Math.min(...down);
  return { x, y, width: Math.max(...across) - x, height: Math.max(...down) - y };
}
