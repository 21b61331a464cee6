import { chance } from "../chance.ts";
import { box, disc, fill, stroke } from "../draw.ts";
import { type Light, lit, mix, times } from "../light.ts";
import { noiseTile, sample } from "../noise.ts";
import { length, lerp } from "../scalar.ts";
import type { Surface } from "../surface.ts";
import { paintHouse } from "./houses.ts";
import { type Line, scaleAt } from "./land.ts";
import { haze } from "./sky.ts";
import { WIDTH } from "./view.ts";

const WALLS: readonly Light[] = [
  [0.78, 0.74, 0.66],
  [0.7, 0.66, 0.6],
  [0.62, 0.42, 0.2],
  [0.45, 0.13, 0.09],
  [0.3, 0.38, 0.45],
  [0.66, 0.52, 0.4],
];
const ROOFS: readonly Light[] = [
  [0.2, 0.2, 0.23],
  [0.36, 0.16, 0.11],
  [0.28, 0.15, 0.12],
];

const STREETLIGHT: Light = [46, 25, 8];
const WEST = 2650;
const TIERS = 4;

/** Houses in tiers up the slope, the quay in front of them and its lamps. */
export function paintTown(target: Surface, shore: Line): void {
  const next = chance(51);
  for (let tier = TIERS - 1; tier >= 0; tier--) {
    if (tier === 1) paintChurch(target, shore, next);
    paintTier(target, shore, tier, next);
  }
  paintQuay(target, shore);
  paintLamps(target, shore);
}

function paintTier(target: Surface, shore: Line, tier: number, next: () => number): void {
  let x = WEST + tier * 110 + 60 * next();
  while (x < WIDTH + 60) {
    const scale = scaleAt(shore, x) * 0.88 ** tier;
    const width = lerp(6.5, 11, next());
    const y = footAt(shore, x) - scale * (1.4 + tier * 6.3 + (tier === 0 ? 0 : 2.4 * next()));
    const walls = pick(WALLS, next);
    const roof = pick(ROOFS, next);
    const storeys = next() < 0.6 ? 2 : tier === 0 && next() < 0.4 ? 3 : 1;
    if (next() > tier * 0.13)
      paintHouse(target, { x, y, scale, width, storeys, walls, roof, veil: veilAt(x, tier) }, next);
    // Closer together on the quay than up the slope, where gardens lie between.
    x += scale * (width * 1.4 + next() ** 2 * (2 + tier * 8));
  }
}

function paintChurch(target: Surface, shore: Line, next: () => number): void {
  const x = 3285;
  const scale = scaleAt(shore, x);
  const y = footAt(shore, x) - scale * 9;
  const veil = veilAt(x, 1);
  const white: Light = [0.8, 0.78, 0.74];
  paintHouse(target, { x, y, scale, width: 15, storeys: 2, walls: white, roof: [0.16, 0.17, 0.2], veil }, next);
  const far = haze(x);
  const shade = mix(lit(white, [0.17, 0.165, 0.235]), far, veil);
  const bright = mix(lit(white, [0.72, 0.42, 0.34]), far, veil);
  const half = 2.1 * scale;
  const top = y - 14 * scale;
  const cx = x - 2 * scale;
  box(target, cx - half, top, half * 2, 14 * scale, (px) => (px < cx - half * 0.35 ? bright : shade));
  const slate = mix([0.028, 0.03, 0.042], far, veil);
  fill(target, [cx - half * 1.15, top, cx, top - 10 * scale, cx + half * 1.15, top], (px) =>
    px < cx - half * 0.2 ? times(slate, 2.4) : slate,
  );
  stroke(target, [cx, top - 12 * scale, cx, top - 9.5 * scale], Math.max(scale * 0.18, 1), slate);
  box(target, cx - scale * 0.1, top + 2 * scale, scale * 1.1, 2.4 * scale, [2.6, 1.3, 0.45]);
}

function paintQuay(target: Surface, shore: Line): void {
  const stone = noiseTile(52, 16, 5, 0.7);
  for (let x = WEST - 120; x < WIDTH; x += 6) {
    const foot = footAt(shore, x);
    const next = footAt(shore, x + 6);
    const scale = scaleAt(shore, x);
    const far = haze(x);
    const high = Math.max(1.5 * scale, 3);
    fill(target, [x, foot - high, x + 6, next - high, x + 6, next + 1, x, foot + 1], (px, py) => {
      const rise = (foot - py) / high;
      const grey = (0.3 + 0.05 * sample(stone, px * 2.2, py * 5)) * (rise < 0.35 ? 0.45 : 1) * (rise > 0.86 ? 1.7 : 1);
      return mix([grey * 0.15, grey * 0.14, grey * 0.17], far, veilAt(x, 0));
    });
  }
}

function paintLamps(target: Surface, shore: Line): void {
  for (let x = WEST; x < WIDTH; ) {
    const scale = scaleAt(shore, x);
    const foot = footAt(shore, x) - 1.5 * scale;
    stroke(target, [x, foot, x, foot - 4.6 * scale], Math.max(0.14 * scale, 0.7), [0.01, 0.01, 0.014]);
    illuminate(target, x, foot - 4.4 * scale, 7 * scale);
    disc(target, x, foot - 4.7 * scale, Math.max(0.24 * scale, 1.1), STREETLIGHT);
    x += 15 * scale;
  }
}

/** Lamplight on what is painted already: it brightens each colour in proportion. */
function illuminate({ width, height, rgb }: Surface, cx: number, cy: number, radius: number): void {
  for (let y = Math.max(Math.floor(cy - radius), 0); y < Math.min(cy + radius, height); y++) {
    for (let x = Math.max(Math.floor(cx - radius), 0); x < Math.min(cx + radius, width); x++) {
      const near = Math.max(1 - length(x - cx, y - cy) / radius, 0) ** 2;
      const i = (y * width + x) * 3;
      rgb[i] = (rgb[i] ?? 0) * (1 + 4.2 * near);
      rgb[i + 1] = (rgb[i + 1] ?? 0) * (1 + 2.1 * near);
      rgb[i + 2] = (rgb[i + 2] ?? 0) * (1 + 0.5 * near);
    }
  }
}

function footAt(shore: Line, x: number): number {
  return shore[Math.min(Math.floor(x), WIDTH - 1)] ?? 0;
}

function veilAt(x: number, tier: number): number {
  return lerp(0.32, 0.06, (x - WEST) / (WIDTH - WEST)) + tier * 0.03;
}

function pick<T>(from: readonly T[], next: () => number): T {
  const picked = from[Math.floor(next() * from.length)];
  if (picked === undefined) throw new Error("nothing to pick from");
  return picked;
}
