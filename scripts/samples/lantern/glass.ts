import { BLACK, type Light, plus, ramp, times } from "../light.ts";
import { clamp, length, smoothstep } from "../scalar.ts";
import { FIRELIGHT, FLAME, mirrored, studio, type Vector } from "./studio.ts";

/** Something to look through: light it adds, and how much it hides of what lies behind. */
export interface Layer {
  readonly t: number;
  readonly light: Light;
  readonly alpha: number;
}

/** The chimney glass: an ellipsoid cut off above and below. */
const GLASS = { centre: 1.06, wide: 0.415, tall: 0.62, low: 0.6, high: 1.52 } as const;

/** The one or two places where a ray goes through the glass. */
export function glassLayers(from: Vector, ray: Vector): Layer[] {
  const { centre, wide, tall, low, high } = GLASS;
  const [ox, oy, oz] = [from[0] / wide, (from[1] - centre) / tall, from[2] / wide];
  const [dx, dy, dz] = [ray[0] / wide, ray[1] / tall, ray[2] / wide];
  const a = dx * dx + dy * dy + dz * dz;
  const b = ox * dx + oy * dy + oz * dz;
  const root = b * b - a * (ox * ox + oy * oy + oz * oz - 1);
  if (root <= 0) return [];
  const layers: Layer[] = [];
  for (const sign of [-1, 1]) {
    const t = (sign * Math.sqrt(root) - b) / a;
    const at: Vector = [from[0] + ray[0] * t, from[1] + ray[1] * t, from[2] + ray[2] * t];
    if (at[1] >= low && at[1] <= high) layers.push(pane(t, at, ray, sign));
  }
  return layers;
}

function pane(t: number, at: Vector, ray: Vector, sign: number): Layer {
  const { centre, wide, tall } = GLASS;
  const [x, y, z] = [at[0] / wide ** 2, (at[1] - centre) / tall ** 2, at[2] / wide ** 2];
  // The back wall shows its inside, so its normal is turned towards the camera too.
  const scale = -sign / length(x, y, z);
  const normal: Vector = [x * scale, y * scale, z * scale];
  const facing = clamp(Math.abs(normal[0] * ray[0] + normal[1] * ray[1] + normal[2] * ray[2]));
  const rim = (1 - facing) ** 3.2;
  const mirror = (0.04 + 0.75 * rim) * (sign < 0 ? 1 : 0.45);
  // Soot and dust take up firelight, most of all low down; where the wall is seen edge-on there is more of it.
  const dust = (0.035 + 0.22 * rim) * (1 + 0.8 * smoothstep(1.15, 1.5, at[1]));
  const near = 0.16 / (0.1 + (at[0] - FLAME[0]) ** 2 + (at[1] - FLAME[1]) ** 2);
  const reflected = times(studio(mirrored(ray, normal)), mirror);
  return {
    t,
    light: plus(reflected, times(FIRELIGHT, dust * 1.3 + 0.055 * near)),
    alpha: clamp(mirror + dust + 0.05 * near),
  };
}

const BOTTOM = 0.745;
const HEIGHT = 0.47;

/** From the flame's edge to its middle. */
const FIRE: readonly (readonly [number, Light])[] = [
  [0, BLACK],
  [0.25, [0.9, 0.2, 0.02]],
  [0.55, [3.6, 1.3, 0.14]],
  [1, [9, 5.4, 1.7]],
];

/** The flame has no surface; it is painted on the upright plane through the axis. */
export function flameLayer(from: Vector, ray: Vector): Layer | undefined {
  const t = -from[2] / ray[2];
  const x = from[0] + ray[0] * t;
  const y = from[1] + ray[1] * t;
  const up = (y - BOTTOM) / HEIGHT;
  if (up <= 0 || up >= 1) return undefined;
  // A teardrop that leans a little towards its tip.
  const half = 0.235 * Math.sqrt(up) * (1 - up) ** 0.85;
  const side = Math.abs(x - 0.03 * up * up * Math.sin(up * 5)) / half;
  if (side >= 1) return undefined;
  const heat = (1 - side * side) * smoothstep(0, 0.2, up);
  const blue = smoothstep(0.22, 0.02, up) * (1 - side);
  return {
    t,
    light: plus(ramp(FIRE, heat), times([0.05, 0.16, 0.8], blue)),
    alpha: clamp(heat * 1.6 + blue * 0.4),
  };
}

/** The glow around the flame, which air and lens spread over everything near it. */
export function glow(x: number, y: number): { light: Light; alpha: number } {
  const away = length(x - FLAME[0], (y - FLAME[1]) * 0.9);
  const alpha = 0.34 * Math.exp(-((away / 0.42) ** 2)) + 0.1 * Math.exp(-((away / 0.7) ** 2));
  const faded = alpha * smoothstep(1.02, 0.6, away);
  return { light: times([1.35, 0.31, 0.03], faded), alpha: faded };
}
