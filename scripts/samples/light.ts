import { lerp } from "./scalar.ts";

/** Linear light, red green blue. 1 is about white paper in the scene; lamps and the sun go far above. */
export type Light = readonly [red: number, green: number, blue: number];

export function mix(from: Light, to: Light, t: number): Light {
  return [lerp(from[0], to[0], t), lerp(from[1], to[1], t), lerp(from[2], to[2], t)];
}

export function times(light: Light, factor: number): Light {
  return [light[0] * factor, light[1] * factor, light[2] * factor];
}

export function plus(a: Light, b: Light): Light {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

/** What a surface of this colour shows under this light. */
export function lit(albedo: Light, light: Light): Light {
  return [albedo[0] * light[0], albedo[1] * light[1], albedo[2] * light[2]];
}

/** A colour on a scale of stops, which are in rising order. */
export function ramp(stops: readonly (readonly [at: number, light: Light])[], at: number): Light {
  let [low, from] = stops[0] ?? [0, BLACK];
  for (const [high, to] of stops) {
    if (at <= high) return high === low ? to : mix(from, to, (at - low) / (high - low));
    [low, from] = [high, to];
  }
  return from;
}

export const BLACK: Light = [0, 0, 0];
