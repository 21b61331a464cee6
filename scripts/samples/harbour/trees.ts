import { chance } from "../chance.ts";
import { fill } from "../draw.ts";
import { type Light, mix, times } from "../light.ts";
import { noiseTile, sample } from "../noise.ts";
import type { Surface } from "../surface.ts";
import { type Line, scaleAt } from "./land.ts";
import { haze } from "./sky.ts";
import { WIDTH } from "./view.ts";

const NEEDLES: Light = [0.016, 0.024, 0.022];
const SUNLIT: Light = [0.15, 0.07, 0.028];

/** Conifers on the near slope, in woods with clearings, the far ones first. */
export function paintTrees(target: Surface, ridge: Line, shore: Line): void {
  const next = chance(41);
  const woods = noiseTile(42, 6, 4);
  const spots = Array.from({ length: 5200 }, () => ({ x: 2380 + (WIDTH - 2350) * next() ** 0.8, up: next() }));
  const trees = spots
    .map(({ x, up }) => {
      const top = ridge[Math.min(Math.floor(x), WIDTH - 1)] ?? 0;
      const foot = shore[Math.min(Math.floor(x), WIDTH - 1)] ?? 0;
      return { x, up, y: foot - 10 - (foot - top - 8) * up };
    })
    .filter(({ x, y, up }) => sample(woods, x * 0.9, y * 1.7) > 0.55 - up * 0.9)
    .sort((a, b) => b.up - a.up);
  for (const { x, y, up } of trees) {
    const height = scaleAt(shore, x) * (4.2 + 3.4 * next()) * (1 - 0.35 * up);
    paintTree(target, x, y, height, mix(times(NEEDLES, 0.7 + 0.6 * next()), haze(x), 0.1 + 0.13 * up), next);
  }
}

function paintTree(target: Surface, x: number, y: number, height: number, dark: Light, next: () => number): void {
  const half = height * (0.17 + 0.05 * next());
  const tiers = 6;
  const left: number[] = [];
  const right: number[] = [];
  for (let tier = 1; tier <= tiers; tier++) {
    const reach = half * (tier / tiers) * (0.8 + 0.4 * next());
    const at = y - height * (1 - tier / tiers);
    left.unshift(x - reach * 0.45, at - height * 0.02, x - reach, at);
    right.push(x + reach, at, x + reach * 0.45, at - height * 0.02);
  }
  const bright = mix(dark, SUNLIT, 0.5);
  // The sun stands to the left and behind: only the outermost needles on that side catch it.
  fill(target, [x, y - height, ...right, ...left], (px) => (px < x - half * 0.45 ? bright : dark));
}
