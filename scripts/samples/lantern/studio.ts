import { type Light, lit, mix, plus, times } from "../light.ts";
import { noiseTile, sample } from "../noise.ts";
import { clamp, length, smoothstep } from "../scalar.ts";
import { distance, type Material } from "./parts.ts";

/** A point or a direction. */
export type Vector = readonly [x: number, y: number, z: number];

/** Where the flame shines from. */
export const FLAME: Vector = [0, 0.95, 0];
export const FIRELIGHT: Light = [1, 0.4, 0.08];

const GRAIN = noiseTile(101, 8, 5);

interface Finish {
  readonly colour: Light;
  /** How much a surface mirrors when looked at straight on, and in which colour. */
  readonly mirror: Light;
  readonly diffuse: number;
}

const FINISHES: Record<Material, Finish> = {
  enamel: { colour: [0.46, 0.02, 0.014], mirror: [0.05, 0.05, 0.05], diffuse: 1 },
  brass: { colour: [0.6, 0.36, 0.12], mirror: [0.78, 0.52, 0.2], diffuse: 0.25 },
  steel: { colour: [0.4, 0.4, 0.42], mirror: [0.56, 0.56, 0.58], diffuse: 0.25 },
  wood: { colour: [0.3, 0.14, 0.055], mirror: [0.025, 0.025, 0.025], diffuse: 1 },
};

/** What a mirror would show in each direction: a large window to the left, a strip light to the right, a pale floor. */
export function studio([x, y, z]: Vector): Light {
  const room = mix([0.2, 0.19, 0.18], [0.3, 0.32, 0.36], smoothstep(-0.5, 0.8, y));
  const floor = mix(room, [0.42, 0.4, 0.38], smoothstep(-0.1, -0.7, y));
  const window = inside(-0.86, -0.3, x) * inside(-0.25, 0.72, y) * smoothstep(-0.3, 0.1, z);
  // Glazing bars, which make a reflection readable as a window.
  const bars = inside(-0.015, 0.015, x + 0.58) + inside(-0.02, 0.02, y - 0.24);
  const strip = inside(0.78, 0.93, x) * inside(-0.4, 0.8, y);
  return plus(
    times(floor, 1 - window),
    times([1, 1.02, 1.06], window * 3.6 * (1 - 0.7 * Math.min(bars, 1)) + strip * 1.7),
  );
}

function inside(low: number, high: number, value: number): number {
  return smoothstep(low - 0.035, low + 0.035, value) * smoothstep(high + 0.035, high - 0.035, value);
}

/** Light that leaves a solid surface towards the camera. */
export function shade(material: Material, at: Vector, normal: Vector, view: Vector): Light {
  const { colour, mirror, diffuse } = FINISHES[material];
  const [nx, ny, nz] = normal;
  const [x, y, z] = at;
  const open = openness(at, normal);
  const key = clamp(nx * -0.55 + ny * 0.55 + nz * 0.62) * 1.15;
  const sky = 0.24 + 0.18 * ny;
  const soft: Light = [key + sky, key + sky, key * 0.98 + sky * 1.05];

  const [fx, fy, fz] = [FLAME[0] - x, FLAME[1] - y, FLAME[2] - z];
  const away = length(fx, fy, fz);
  const fire = (clamp((nx * fx + ny * fy + nz * fz) / away) * 0.62) / (away * away);
  const wear =
    material === "wood"
      ? 1 + 0.22 * sample(GRAIN, x * 90, y * 900 + z * 500)
      : 1 + 0.045 * sample(GRAIN, x * 260 + z * 190, y * 260);
  const body = lit(times(colour, diffuse * wear), plus(times(soft, open), times(FIRELIGHT, fire)));

  const facing = clamp(-(nx * view[0] + ny * view[1] + nz * view[2]));
  const rim = (1 - facing) ** 5;
  const seen = times(studio(mirrored(view, normal)), 0.35 + 0.65 * open);
  const glint = times(FIRELIGHT, fire * 0.9);
  return plus(body, lit(mix(mirror, [1, 1, 1], rim * 0.75), plus(seen, glint)));
}

/** How much of the room a spot sees: a few steps outwards, compared with the distance found there. */
function openness([x, y, z]: Vector, [nx, ny, nz]: Vector): number {
  let hidden = 0;
  for (const step of [0.05, 0.17]) {
    hidden += Math.max(step - distance(x + nx * step, y + ny * step, z + nz * step), 0) / step;
  }
  return clamp(1 - 0.42 * hidden, 0.12, 1);
}

export function mirrored(ray: Vector, normal: Vector): Vector {
  const twice = 2 * (ray[0] * normal[0] + ray[1] * normal[1] + ray[2] * normal[2]);
  return [ray[0] - twice * normal[0], ray[1] - twice * normal[1], ray[2] - twice * normal[2]];
}
