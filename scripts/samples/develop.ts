import { chance } from "./chance.ts";
import { clamp, lerp } from "./scalar.ts";
import { blurred, type Surface, shrunk } from "./surface.ts";
import { tone } from "./tone.ts";

/** Bloom is worked out on a picture this many times smaller: it is blur by nature. */
const STEP = 16;

/** Light above this spills over: what a lens does around lamps and the sun. */
const SPILLS_FROM = 1.6;

/** From linear light to the 8-bit picture, with what a camera adds: bloom, darker corners, grain. */
export function developed(
  scene: Surface,
  { exposure, grain, seed }: { exposure: number; grain: number; seed: number },
): Uint8ClampedArray {
  const { width, height, rgb } = scene;
  const bloom = spill(scene);
  const noise = grainTable(seed, grain);
  const rgba = new Uint8ClampedArray(width * height * 4);
  const next = chance(seed);
  for (let y = 0; y < height; y++) {
    const spilled = rowBetween(bloom, clamp((y + 0.5) / STEP - 0.5, 0, bloom.height - 1.001));
    const dy = y / height - 0.5;
    // Each row starts somewhere else in the table, so that the grain never repeats visibly.
    let g = Math.floor(next() * noise.length);
    for (let x = 0; x < width; x++) {
      const bx = clamp((x + 0.5) / STEP - 0.5, 0, bloom.width - 1.001);
      const column = Math.floor(bx);
      const across = bx - column;
      const b = column * 3;
      const dx = x / width - 0.5;
      const gain = exposure * (1 - 0.55 * (dx * dx + dy * dy));
      const i = (y * width + x) * 3;
      const o = (y * width + x) * 4;
      const shared = noise[g++ & 0xffff] ?? 0;
      for (let c = 0; c < 3; c++) {
        const light = ((rgb[i + c] ?? 0) + lerp(spilled[b + c] ?? 0, spilled[b + c + 3] ?? 0, across)) * gain;
        const value = tone(light);
        // Film shows most grain in the middle tones; a little of it differs between the layers.
        const strength = 0.35 + value * (255 - value) * (2.6 / 65025);
        rgba[o + c] = value + (shared + (noise[(g + c * 7919) & 0xffff] ?? 0) * 0.4) * strength;
      }
      rgba[o + 3] = 255;
    }
  }
  return rgba;
}

function spill(scene: Surface): Surface {
  const small = shrunk(scene, STEP);
  small.rgb.forEach((light, i) => {
    small.rgb[i] = Math.max(light - SPILLS_FROM, 0);
  });
  const near = blurred(blurred(small, 2, 2), 2, 2);
  const far = blurred(blurred(small, 12, 12), 12, 12);
  near.rgb.forEach((light, i) => {
    near.rgb[i] = light * 0.1 + (far.rgb[i] ?? 0) * 0.13;
  });
  return near;
}

function rowBetween({ width, rgb }: Surface, y: number): Float32Array {
  const start = Math.floor(y) * width * 3;
  const upper = rgb.subarray(start, start + width * 3);
  const lower = rgb.subarray(start + width * 3, start + width * 6);
  return upper.map((light, i) => lerp(light, lower[i] ?? 0, y - Math.floor(y)));
}

/** Grain is not single pixels: neighbouring values share half of their chance. */
function grainTable(seed: number, deviation: number): Float32Array {
  const next = chance(seed + 1);
  const raw = Float32Array.from({ length: 65537 }, () => next() + next() + next() - 1.5);
  return Float32Array.from({ length: 65536 }, (_, i) => ((raw[i] ?? 0) + (raw[i + 1] ?? 0) * 0.6) * 1.7 * deviation);
}
