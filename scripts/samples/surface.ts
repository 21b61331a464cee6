import type { Light } from "./light.ts";

/** A picture under work, in linear light so that blending and glow add up as they do in a lens. */
export interface Surface {
  readonly width: number;
  readonly height: number;
  readonly rgb: Float32Array;
}

export function surface(width: number, height: number): Surface {
  return { width, height, rgb: new Float32Array(width * height * 3) };
}

/** Lays light over one pixel; `cover` is how much of the pixel it takes, 0..1. */
export function lay(target: Surface, x: number, y: number, light: Light, cover: number): void {
  const { rgb } = target;
  const i = (y * target.width + x) * 3;
  const keep = 1 - cover;
  rgb[i] = (rgb[i] ?? 0) * keep + light[0] * cover;
  rgb[i + 1] = (rgb[i + 1] ?? 0) * keep + light[1] * cover;
  rgb[i + 2] = (rgb[i + 2] ?? 0) * keep + light[2] * cover;
}

export function peek(source: Surface, x: number, y: number): Light {
  const { rgb } = source;
  const i = (y * source.width + x) * 3;
  return [rgb[i] ?? 0, rgb[i + 1] ?? 0, rgb[i + 2] ?? 0];
}

/** The mean of each `step` × `step` block; a remainder at the right or bottom is left out. */
export function shrunk(source: Surface, step: number, rows = source.height): Surface {
  const small = surface(Math.floor(source.width / step), Math.floor(rows / step));
  const scale = 1 / (step * step);
  const used = small.width * step;
  for (let y = 0; y < small.height * step; y++) {
    const from = y * source.width * 3;
    const to = Math.floor(y / step) * small.width;
    for (let x = 0; x < used; x++) {
      const i = from + x * 3;
      const o = (to + Math.floor(x / step)) * 3;
      small.rgb[o] = (small.rgb[o] ?? 0) + (source.rgb[i] ?? 0) * scale;
      small.rgb[o + 1] = (small.rgb[o + 1] ?? 0) + (source.rgb[i + 1] ?? 0) * scale;
      small.rgb[o + 2] = (small.rgb[o + 2] ?? 0) + (source.rgb[i + 2] ?? 0) * scale;
    }
  }
  return small;
}

/** Box blur, each axis with a radius of its own; two passes look close to a Gaussian. Edges repeat. */
export function blurred(source: Surface, across: number, down: number): Surface {
  const { width, height } = source;
  const middle = surface(width, height);
  const result = surface(width, height);
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < height; y++) runningMean(source.rgb, middle.rgb, y * width * 3 + channel, 3, width, across);
    for (let x = 0; x < width; x++) runningMean(middle.rgb, result.rgb, x * 3 + channel, width * 3, height, down);
  }
  return result;
}

function runningMean(from: Float32Array, to: Float32Array, start: number, step: number, count: number, radius: number) {
  const at = (k: number): number => from[start + Math.min(Math.max(k, 0), count - 1) * step] ?? 0;
  let sum = 0;
  for (let k = -radius; k <= radius; k++) sum += at(k);
  const scale = 1 / (2 * radius + 1);
  for (let k = 0; k < count; k++) {
    to[start + k * step] = sum * scale;
    sum += at(k + radius + 1) - at(k - radius);
  }
}
