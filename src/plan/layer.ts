import { Fault } from "../faults.ts";
import type { LayerValues } from "../protocol/commands/table.ts";
import { refuseBeyondCounting } from "./limits.ts";
import { followedBy, type Orientation, quarterTurns, turned, upright } from "./orientation.ts";
import { type Point, type Rect, type Size, sizeText, sum, wholePixels } from "./size.ts";
import { turnedBox } from "./turned-box.ts";

/** The commands that say which part of a source a layer shows, how large and how turned. */
export type LayerCommands = Pick<
  LayerValues,
  | "crop"
  | "cropN"
  | "scale"
  | "res"
  | "size"
  | "flip"
  | "rotate"
  | "extend"
  | "extendN"
  | "anchor"
  | "anchorN"
  | "origin"
  | "originN"
>;

/** What becomes of a source picture on its way into a layer. Sizes are whole pixels. */
export interface LayerTransform {
  /** The part of the source, in its pixels; it may lie beyond it. */
  readonly crop: Rect;
  /** That part after scaling. */
  readonly scaled: Size;
  /** How the scaled part is mirrored, and turned by quarters. */
  readonly orientation: Orientation;
  /** What is left to turn it by, clockwise, in degrees above 0 and below 360; 0 where quarters are all. */
  readonly angleDeg: number;
  /** The box around the turned part. */
  readonly turned: Size;
  /** Where that box lies in the layer. */
  readonly at: Point;
  /** The whole layer, extended. */
  readonly size: Size;
  /** The anchor as it lies in the layer, where there is one. */
  readonly anchor: Point | undefined;
  /** The point by which the layer is placed. */
  readonly origin: Point;
}

/**
 * The way of a source into its layer: crop, scale, flip, turn, extend.
 *
 * @param source     size of the upright source
 * @param resolution of the source, to which `res=` relates
 * @throws Fault where nothing is left of the layer, or it is larger than can be counted
 *
 * Source: protocol.md 5.2, 5.4.
 */
export function layerTransform(source: Size, commands: LayerCommands, resolution: number): LayerTransform {
  const crop = cropOf(source, commands);
  const scaled = scaledOf(crop, commands, resolution);
  refuseBeyondCounting(scaled);
  const { orientation, angleDeg } = turnOf(commands);
  const turn = turnedBox(turned(scaled, orientation), angleDeg);
  const margins = marginsOf(turn.size, commands);
  const size = {
    width: turn.size.width + margins.left + margins.right,
    height: turn.size.height + margins.top + margins.bottom,
  };
  if (size.width < 1 || size.height < 1) {
    const command = commands.extendN === undefined ? "extend" : "extendN";
    throw new Fault("badRequest", `${command}: wants something of the layer left, got ${sizeText(size)}`, {
      mayBeTold: true,
    });
  }
  refuseBeyondCounting(size);
  const at = { x: margins.left, y: margins.top };
  const anchor = anchorOf(source, crop, scaled, commands);
  const carried = anchor && sum(turn.point(mirrored(anchor, scaled, orientation)), at);
  return {
    crop,
    scaled,
    orientation,
    angleDeg,
    turned: turn.size,
    at,
    size,
    anchor: carried,
    origin: originOf(size, commands) ?? carried ?? { x: size.width / 2, y: size.height / 2 },
  };
}

/**
 * Whole pixels of the source. A side of 0, as real clients write it, reaches to the end of the picture.
 *
 * Of a relative crop the edges are rounded, so that neighbours meet, and the last one ends with the picture.
 */
function cropOf({ width, height }: Size, { crop, cropN }: LayerCommands): Rect {
  if (cropN !== undefined) {
    const across = spanOf(cropN.x, cropN.width, width);
    const down = spanOf(cropN.y, cropN.height, height);
    return { x: across.from, y: down.from, width: across.length, height: down.length };
  }
  if (crop === undefined) return { x: 0, y: 0, width, height };
  return {
    x: crop.x,
    y: crop.y,
    width: crop.width === 0 ? toTheEnd("crop", crop.x, width) : crop.width,
    height: crop.height === 0 ? toTheEnd("crop", crop.y, height) : crop.height,
  };
}

/** Of an axis: a share of its length, from another share on. */
function spanOf(begin: number, share: number, length: number): { readonly from: number; readonly length: number } {
  const from = rounded(begin * length);
  if (share === 0) return { from, length: toTheEnd("cropN", from, length) };
  return { from, length: Math.max(1, rounded((begin + share) * length) - from) };
}

function toTheEnd(command: string, from: number, length: number): number {
  if (from < length) return length - from;
  throw new Fault("badRequest", `${command}: wants a side of 0 to begin inside the picture of ${length}, got ${from}`, {
    mayBeTold: true,
  });
}

/** `size=` is met exactly where it gave the scale (protocol.md 5.6). */
function scaledOf({ width, height }: Size, { size, scale, res }: LayerCommands, resolution: number): Size {
  if (size !== undefined && (size.width > 0 || size.height > 0)) {
    const across = size.width > 0 ? size.width / width : Number.POSITIVE_INFINITY;
    const down = size.height > 0 ? size.height / height : Number.POSITIVE_INFINITY;
    return across <= down
      ? { width: size.width, height: across === down ? size.height : wholePixels(height * across) }
      : { width: wholePixels(width * down), height: size.height };
  }
  const factor = scale ?? (res === undefined ? 1 : res / resolution);
  return { width: wholePixels(width * factor), height: wholePixels(height * factor) };
}

const FLIPS = { lr: 2, ud: 4, lrud: 3 } as const satisfies Record<string, Orientation>;

export function flipOf(flip: keyof typeof FLIPS | undefined): Orientation {
  return flip === undefined ? 1 : FLIPS[flip];
}

/** Angles this near to a quarter of a turn are one: they come out of divisions. */
const NEARLY = 1e-9;

/** Of a turn by quarters every pixel is a pixel of the source; only other angles have to be interpolated. */
function turnOf({ flip, rotate = 0 }: LayerCommands): { orientation: Orientation; angleDeg: number } {
  const angle = ((rotate % 360) + 360) % 360;
  const quarters = Math.round(angle / 90);
  return Math.abs(angle - quarters * 90) < NEARLY
    ? { orientation: followedBy(flipOf(flip), quarterTurns(quarters)), angleDeg: 0 }
    : { orientation: flipOf(flip), angleDeg: angle };
}

function marginsOf({ width, height }: Size, { extend, extendN }: LayerCommands) {
  if (extendN === undefined) return extend ?? { left: 0, top: 0, right: 0, bottom: 0 };
  return {
    left: rounded(extendN.left * width),
    top: rounded(extendN.top * height),
    right: rounded(extendN.right * width),
    bottom: rounded(extendN.bottom * height),
  };
}

/** In pixels of the scaled part. */
function anchorOf(source: Size, crop: Rect, scaled: Size, { anchor, anchorN }: LayerCommands): Point | undefined {
  if (anchor === undefined && anchorN === undefined) return undefined;
  const { x, y } = anchor ?? fromCentre(source, anchorN ?? { x: 0, y: 0 });
  return { x: ((x - crop.x) * scaled.width) / crop.width, y: ((y - crop.y) * scaled.height) / crop.height };
}

function originOf(size: Size, { origin, originN }: LayerCommands): Point | undefined {
  return origin ?? (originN === undefined ? undefined : fromCentre(size, originN));
}

/** Relative coordinates whose origin is the centre. Source: protocol.md 2.2. */
function fromCentre({ width, height }: Size, { x, y }: Point): Point {
  return { x: (x + 0.5) * width, y: (y + 0.5) * height };
}

/** Where a point of a picture lies when that is mirrored and turned by quarters. */
function mirrored(point: Point, size: Size, orientation: Orientation): Point {
  const { x, y } = upright({ ...point, width: 0, height: 0 }, size, orientation);
  return { x, y };
}

/** Halves rounded up. Adding 0 turns −0 into 0. */
function rounded(length: number): number {
  return Math.floor(length + 0.5) + 0;
}
