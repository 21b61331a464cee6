/** The lantern's solid parts as distances: how far a point is from each. Heights in units of about ten centimetres. */

import { clamp, length } from "../scalar.ts";

export type Material = "enamel" | "brass" | "steel" | "wood";

interface Part {
  readonly material: Material;
  /** The heights and the distances from the upright axis that it lies between. Points far outside need not ask. */
  readonly low: number;
  readonly high: number;
  readonly inner: number;
  readonly outer: number;
  /** `r` is the distance from the axis, for parts turned on a lathe. */
  distance(x: number, y: number, z: number, r: number): number;
}

const TOP = 2.42;
export const HALF_WIDTH = 0.74;

const PARTS: readonly Part[] = [
  // Fuel tank: a foot ring, the drum, its domed lid, the filler cap.
  part("enamel", [0, 0.1], [0, 0.58], (_x, y, _z, r) => slab(r, y - 0.05, 0.58, 0.05, 0.035)),
  part("enamel", [0.05, 0.39], [0, 0.54], (_x, y, _z, r) => slab(r, y - 0.22, 0.54, 0.17, 0.07)),
  part("enamel", [0.34, 0.51], [0, 0.52], (_x, y, _z, r) => cone(r, y, 0.5, 0.36, 0.22, 0.49)),
  part("brass", [0.38, 0.5], [0.3, 0.48], (x, y, z) => slab(length(x + 0.34, z - 0.2), y - 0.44, 0.085, 0.06, 0.02)),
  // Burner: a collar, a fluted cup below the glass and the wick's holder.
  part("brass", [0.46, 0.54], [0, 0.25], (_x, y, _z, r) => slab(r, y - 0.5, 0.25, 0.04, 0.02)),
  part("brass", [0.54, 0.66], [0, 0.26], cup),
  part("brass", [0.6, 0.76], [0, 0.08], (x, y, z) => slab(length(x, z * 2) * 0.7, y - 0.68, 0.05, 0.08, 0.01)),
  // Above the glass: a plate, the pierced chimney and its hat.
  part("enamel", [1.5, 1.61], [0, 0.35], (_x, y, _z, r) => cone(r, y, 0.33, 1.52, 0.27, 1.59)),
  part("enamel", [1.55, 1.85], [0.15, 0.19], chimney),
  part("enamel", [1.8, 2.01], [0, 0.33], (_x, y, _z, r) => cone(r, y, 0.31, 1.82, 0.11, 1.99)),
  part("enamel", [1.96, 2.06], [0, 0.1], (_x, y, _z, r) => slab(r, y - 2.01, 0.1, 0.045, 0.03)),
  // The two air tubes that carry the chimney.
  part("enamel", [0.2, 1.83], [0.08, 0.71], tubes),
  // Wires around the glass; the bail and its grip.
  part("steel", [0.52, 1.57], [0.23, 0.51], guard),
  part("steel", [1.45, TOP], [0.1, 0.72], (x, y, z) => bail(x, y, z) - 0.016),
  part("wood", [2.2, TOP], [0, 0.36], (x, y, z) => Math.max(bail(x, y, z) - 0.05 + x * x * 0.5, Math.abs(x) - 0.19)),
];

type Range = readonly [from: number, to: number];

function part(material: Material, [low, high]: Range, [inner, outer]: Range, distance: Part["distance"]): Part {
  return { material, low, high, inner, outer, distance };
}

/** For each band of heights all parts, those at that height first, with their distance up or down from the band. */
const BANDS = Array.from({ length: 50 }, (_, band) => {
  const [from, to] = [band / 20, (band + 1) / 20];
  return PARTS.map((part) => ({ part, gap: Math.max(part.low - to, from - part.high, 0) })).sort(
    (a, b) => a.gap - b.gap,
  );
});

/** Distance to the nearest part. */
export function distance(x: number, y: number, z: number): number {
  const r = length(x, z);
  let nearest = Number.POSITIVE_INFINITY;
  for (const { part, gap } of BANDS[clamp(Math.floor(y * 20), 0, BANDS.length - 1)] ?? []) {
    if (gap >= nearest) break;
    if (boundsAway(part, y, r) < nearest) nearest = Math.min(nearest, part.distance(x, y, z, r));
  }
  return nearest;
}

/** What the part is made of that a point lies on. */
export function materialAt(x: number, y: number, z: number): Material {
  const r = length(x, z);
  let nearest = CLOSE;
  let material: Material = "enamel";
  for (const part of PARTS) {
    if (boundsAway(part, y, r) >= nearest) continue;
    const away = part.distance(x, y, z, r);
    if (away < nearest) [nearest, material] = [away, part.material];
  }
  return material;
}

/** A part is at least this far away, as far as its bounds tell. */
function boundsAway({ low, high, inner, outer }: Part, y: number, r: number): number {
  return Math.max(low - y, y - high, inner - r, r - outer);
}

/** A disc of the given radius and half-height, with rounded edges. */
function slab(r: number, y: number, radius: number, half: number, round: number): number {
  const dx = r - radius + round;
  const dy = Math.abs(y) - half + round;
  return Math.min(Math.max(dx, dy), 0) + length(Math.max(dx, 0), Math.max(dy, 0)) - round;
}

/** A cone's frustum, from one radius and height to another; exact enough near its sides. */
function cone(r: number, y: number, lowRadius: number, low: number, highRadius: number, high: number): number {
  const slope = (lowRadius - highRadius) / (high - low);
  const side = (r - lowRadius + (y - low) * slope) / length(1, slope);
  return Math.max(side, low - y, y - high) - 0.012;
}

/** Distances below which the fine shapes of the cup and the chimney matter. */
const CLOSE = 0.03;

function cup(x: number, y: number, z: number, r: number): number {
  const smooth = slab(r, y - 0.6, 0.2 + (y - 0.55) * 0.5, 0.055, 0.015);
  // Both the slant and the flutes make this more than the true distance, by up to a quarter.
  return 0.8 * (smooth > CLOSE ? smooth : smooth + 0.006 * Math.max(Math.cos(Math.atan2(x, z) * 28), 0));
}

function chimney(x: number, y: number, z: number, r: number): number {
  const wall = Math.max(slab(r, y - 1.7, 0.185, 0.15, 0.02), 0.16 - r);
  if (wall > CLOSE) return wall;
  // A row of round air holes: the angle is folded so that each finds itself in the first one's place.
  const turn = (Math.atan2(x, z) / (2 * Math.PI)) * 9;
  const hole = length((turn - Math.round(turn)) * 0.125, y - 1.7) - 0.034;
  return Math.max(wall, -hole);
}

function tubes(x: number, y: number, z: number): number {
  const side = Math.abs(x);
  const upright = length(side - 0.64, y - clamp(y, 0.42, 1.46));
  const elbow =
    y < 0.94
      ? segment(side, y, 0.48, 0.26, 0.64, 0.42)
      : Math.min(segment(side, y, 0.64, 1.46, 0.56, 1.66), segment(side, y, 0.56, 1.66, 0.15, 1.76));
  return length(Math.min(upright, elbow), z) - 0.058;
}

function guard(x: number, y: number, z: number, r: number): number {
  const rings = Math.min(length(r - 0.485, y - 0.86), length(r - 0.485, y - 1.26));
  // Four upright wires; in the quarter that the point folds into, one stands at 45 degrees.
  const along = (Math.abs(x) + Math.abs(z)) * Math.SQRT1_2;
  const across = (Math.abs(x) - Math.abs(z)) * Math.SQRT1_2;
  const upright = Math.min(
    segment(along, y, 0.25, 0.54, 0.485, 0.86),
    segment(along, y, 0.485, 0.86, 0.485, 1.26),
    segment(along, y, 0.485, 1.26, 0.3, 1.55),
  );
  return Math.min(rings, length(upright, across)) - 0.0135;
}

/** The upper half of a ring that leans a little to the back. */
function bail(x: number, y: number, z: number): number {
  const up = (y - 1.5) * 0.985 - z * 0.17;
  const depth = (y - 1.5) * 0.17 + z * 0.985;
  const ring = length(length(x, up * 0.8) - 0.69, depth);
  return up < 0 ? length(Math.abs(x) - 0.69, up, depth) : ring;
}

function segment(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const t = Math.min(Math.max(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy), 0), 1);
  return length(x - x0 - dx * t, y - y0 - dy * t);
}
