import { BLACK, type Light, plus, times } from "../light.ts";
import { clamp, length, smoothstep } from "../scalar.ts";
import { tone } from "../tone.ts";
import { flameLayer, glassLayers, glow, type Layer } from "./glass.ts";
import { distance, HALF_WIDTH, type Material, materialAt } from "./parts.ts";
import { shade, type Vector } from "./studio.ts";

/** The camera looks down a little, without perspective: every ray has this direction. */
const PITCH = 0.2;
const RAY: Vector = [0, -Math.sin(PITCH), -Math.cos(PITCH)];
const DISTANCE = 2;

const EXPOSURE = 0.66;

/** Nearer than this counts as touched. */
const TOUCHING = 0.0008;

/** What a ray meets: its colour as displayed, 0..255 and weighted with alpha, and alpha. */
export interface Seen {
  readonly colour: Light;
  readonly alpha: number;
  /** The solid part behind it all, and how much translucent matter in front: where these change there is an edge. */
  readonly material: Material | undefined;
  readonly layers: number;
}

/**
 * How far the rays within `reach` of this one can all go without meeting a part; undefined if they all miss. Rays that
 * are near each other have nearly the same way to go, so most of it need not be gone for each.
 */
export function clearWay(x: number, y: number, reach: number): number | undefined {
  return march(start(x, y), 0, reach);
}

function start(x: number, y: number): Vector {
  return [x, y * Math.cos(PITCH) - RAY[1] * DISTANCE, -y * Math.sin(PITCH) - RAY[2] * DISTANCE];
}

/**
 * Follows the ray through a point of the picture plane: x to the right, y up, the lantern's foot at 0, 0. `clear` is
 * what clearWay says for the area.
 */
export function trace(x: number, y: number, clear: number | undefined): Seen {
  const from = start(x, y);
  const solid = clear === undefined ? undefined : march(from, clear, TOUCHING);
  const at = (t: number): Vector => [from[0] + RAY[0] * t, from[1] + RAY[1] * t, from[2] + RAY[2] * t];

  let light: Light;
  let alpha = 1;
  let material: Material | undefined;
  if (solid === undefined) {
    // Nothing but the shadow on the floor, which is black and lets the background through.
    alpha = shadow(at(-from[1] / RAY[1]));
    light = BLACK;
  } else {
    const hit = at(solid);
    material = materialAt(...hit);
    light = shade(material, hit, normalAt(hit), RAY);
  }
  const halo = glow(x, y / Math.cos(PITCH) - 0.02);
  if (solid === undefined) [light, alpha] = over(halo, light, alpha);
  else light = plus(light, times(halo.light, 0.25));

  const flame = flameLayer(from, RAY);
  const layers = [...glassLayers(from, RAY), ...(flame === undefined ? [] : [flame])]
    .filter(({ t }) => solid === undefined || t < solid)
    .sort((a, b) => b.t - a.t);
  for (const layer of layers) [light, alpha] = over(layer, light, alpha);
  return { colour: displayed(light, alpha), alpha, material, layers: layers.length };
}

function displayed([red, green, blue]: Light, alpha: number): Light {
  if (alpha === 0) return BLACK;
  const gain = EXPOSURE / alpha;
  return [tone(red * gain) * alpha, tone(green * gain) * alpha, tone(blue * gain) * alpha];
}

function over(front: Omit<Layer, "t">, light: Light, alpha: number): [Light, number] {
  const through = 1 - front.alpha;
  return [plus(front.light, times(light, through)), front.alpha + alpha * through];
}

/** Steps along the ray as far as the nearest part allows, until one is as near as `reach`. */
function march([x, y, z]: Vector, from: number, reach: number): number | undefined {
  if (Math.abs(x) > HALF_WIDTH + reach) return undefined;
  for (let t = from, steps = 0; steps < 90 && t < DISTANCE + 1.4; steps++) {
    const height = y + RAY[1] * t;
    if (height < -reach) return undefined;
    const near = distance(x, height, z + RAY[2] * t);
    if (near < reach) return t;
    t += Math.max(near - reach, TOUCHING / 2);
  }
  return undefined;
}

function normalAt([x, y, z]: Vector): Vector {
  const e = 0.0012;
  // Four corners of a tetrahedron give the same gradient as six points on the axes.
  const a = distance(x + e, y - e, z - e);
  const b = distance(x - e, y - e, z + e);
  const c = distance(x - e, y + e, z - e);
  const d = distance(x + e, y + e, z + e);
  const [nx, ny, nz] = [a - b - c + d, c + d - a - b, b + d - a - c];
  const size = length(nx, ny, nz) || 1;
  return [nx / size, ny / size, nz / size];
}

/** On the floor: a dark line of contact, and a long soft shadow away from the window. */
function shadow([x, y, z]: Vector): number {
  if (y > 0.001) return 0;
  const foot = length(x, z) - 0.57;
  const contact = 0.62 * Math.exp(-Math.max(foot, 0) / 0.05);
  // Along the direction of the light the shadow stretches, and grows softer with distance.
  const along = x * 0.8 - z * 0.6;
  const across = x * 0.6 + z * 0.8;
  const softness = 0.1 + 0.22 * clamp(along);
  const cast =
    0.4 *
    smoothstep(0.56 + softness, 0.5 - softness, Math.abs(across)) *
    smoothstep(1.15, 0.1, along) *
    smoothstep(-0.5, 0.1, along);
  return clamp(1 - (1 - contact) * (1 - cast)) * smoothstep(1.08, 0.66, length(x, z));
}
