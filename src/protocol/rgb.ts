import type { Colour } from "./grammar/colour.ts";

/** Red, green, blue 0..255, whole. */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * The colour of a command in an RGB picture, without its alpha: converted naively, the `s` suffix ignored.
 * Source: the naive formulas of protocol.md 3.2.
 */
export function opaqueRgb({ space, components }: Colour): Rgb {
  const [a = 0, b = 0, c = 0, key = 0] = components;
  if (space === "gray") return bytes(a, a, a);
  if (space === "rgb") return bytes(a, b, c);
  return bytes((1 - a) * (1 - key), (1 - b) * (1 - key), (1 - c) * (1 - key));
}

function bytes(red: number, green: number, blue: number): Rgb {
  return [Math.floor(red * 255 + 0.5), Math.floor(green * 255 + 0.5), Math.floor(blue * 255 + 0.5)];
}
