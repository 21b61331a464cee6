import { type Light, mix, plus, ramp, times } from "../light.ts";
import { noiseTile, sample } from "../noise.ts";
import { clamp, length, lerp, smoothstep } from "../scalar.ts";
import { lay, type Surface, surface } from "../surface.ts";
import { CENTRE, HORIZON, SUN, WIDTH } from "./view.ts";

/** The sky is smooth, so it is worked out for every third pixel each way and interpolated. */
const STEP = 3;

const TOWARDS_SUN: readonly (readonly [number, Light])[] = [
  [0, [1.15, 0.5, 0.18]],
  [0.1, [0.98, 0.44, 0.23]],
  [0.26, [0.58, 0.34, 0.33]],
  [0.46, [0.27, 0.26, 0.39]],
  [0.72, [0.105, 0.155, 0.31]],
  [1, [0.05, 0.09, 0.215]],
];

const AWAY_FROM_SUN: readonly (readonly [number, Light])[] = [
  [0, [0.5, 0.32, 0.34]],
  [0.12, [0.47, 0.3, 0.36]],
  [0.3, [0.28, 0.23, 0.36]],
  [0.55, [0.13, 0.155, 0.3]],
  [1, [0.04, 0.07, 0.175]],
];

/** The sky without clouds; `up` runs from 0 at the horizon to 1 at the top of the picture. */
function clearSky(x: number, up: number): Light {
  const away = smoothstep(0.1, 0.75, Math.abs(x - SUN.x) / WIDTH);
  const base = mix(ramp(TOWARDS_SUN, up), ramp(AWAY_FROM_SUN, up), away);
  const dx = (x - SUN.x) / WIDTH;
  const dy = (HORIZON - up * HORIZON - SUN.y) / WIDTH;
  // Wider than high: near the horizon the light crosses more air.
  const wide = Math.exp(-length(dx * 0.75, dy * 1.5) / 0.075);
  const close = Math.exp(-length(dx, dy) / 0.016);
  return plus(base, [wide * 0.95 + close * 5.2, wide * 0.42 + close * 2.7, wide * 0.09 + close * 0.9]);
}

/** The colour that distance fades to: the sky just above the horizon. */
export function haze(x: number): Light {
  return mix(times(clearSky(x, 0.03), 0.62), [0.34, 0.24, 0.36], 0.42);
}

export function paintSky(target: Surface): void {
  const small = surface(Math.ceil(WIDTH / STEP) + 1, Math.ceil(HORIZON / STEP) + 2);
  const cloud = clouds();
  for (let y = 0; y < small.height; y++) {
    const up = clamp(1 - (y * STEP) / HORIZON);
    for (let x = 0; x < small.width; x++) lay(small, x, y, cloud(x * STEP, up, clearSky(x * STEP, up)), 1);
  }
  enlarge(small, target, HORIZON + STEP);
  paintSun(target);
}

/** Two layers, each a flat sheet of noise seen in perspective, so that the clouds grow small towards the horizon. */
function clouds(): (x: number, up: number, behind: Light) => Light {
  const tile = noiseTile(11, 4, 7, 0.55);
  const streaks = noiseTile(12, 3, 7, 0.6);
  return (x, up, behind) => {
    const depth = 1 / (up + 0.085);
    const u = ((x - CENTRE) / WIDTH) * depth * 150;
    const v = depth * 105;
    const nearSun = Math.exp(-length((x - SUN.x) / WIDTH, (HORIZON - up * HORIZON - SUN.y) / WIDTH) / 0.22);

    const bend = sample(tile, u * 0.35 + 90, v * 0.35);
    const veil = sample(streaks, u * 0.42 + v * 0.25 + bend * 14, v * 0.95 - u * 0.1 + bend * 10);
    const thin = smoothstep(0.1, 2.3, veil) * smoothstep(0.12, 0.4, up) * 0.6;
    let light = mix(behind, mix([0.62, 0.36, 0.42], [1.25, 0.62, 0.4], nearSun), thin);

    const at = density(tile, u, v, bend);
    const cover = smoothstep(0.25, 1.25, at) * smoothstep(0.015, 0.09, up);
    if (cover > 0) {
      // A second look-up nearer the sun: where the cloud is thinner that way, this side of it is in the light.
      const ahead = density(tile, u + (SUN.x > x ? 4 : -4) * clamp(Math.abs(SUN.x - x) / 600), v + 5.5, bend);
      const inLight = clamp(0.36 + (at - ahead) * 0.62 + (0.9 - at) * 0.22);
      const shade = mix([0.13, 0.125, 0.22], [0.5, 0.24, 0.2], nearSun * 0.85 + 0.12 * (1 - up));
      const glow = mix([0.95, 0.42, 0.36], [2.3, 1.05, 0.42], nearSun);
      light = mix(light, mix(shade, glow, inLight * inLight), cover * lerp(0.62, 0.93, 1 - inLight));
    }
    return light;
  };
}

function density(tile: Float32Array, u: number, v: number, bend: number): number {
  const patches = sample(tile, u * 0.21 + 300, v * 0.3 + 40);
  return sample(tile, u + bend * 5, v * 1.7) * 0.75 + patches * 0.85 + sample(tile, u * 3.1, v * 4.6) * 0.22 - 0.3;
}

function enlarge(small: Surface, target: Surface, rows: number): void {
  for (let y = 0; y < rows; y++) {
    const row = Math.floor(y / STEP);
    const down = y / STEP - row;
    for (let x = 0; x < target.width; x++) {
      const column = Math.floor(x / STEP);
      const across = x / STEP - column;
      const i = (row * small.width + column) * 3;
      const j = i + small.width * 3;
      const o = (y * target.width + x) * 3;
      for (let c = 0; c < 3; c++) {
        const upper = lerp(small.rgb[i + c] ?? 0, small.rgb[i + c + 3] ?? 0, across);
        const lower = lerp(small.rgb[j + c] ?? 0, small.rgb[j + c + 3] ?? 0, across);
        target.rgb[o + c] = lerp(upper, lower, down);
      }
    }
  }
}

function paintSun(target: Surface): void {
  const { x: cx, y: cy, radius } = SUN;
  for (let y = cy - radius - 3; y <= cy + radius + 3; y++) {
    for (let x = cx - radius - 3; x <= cx + radius + 3; x++) {
      lay(target, x, y, [60, 34, 13], smoothstep(radius + 3, radius - 5, length(x - cx, y - cy)));
    }
  }
}
