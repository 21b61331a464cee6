import { chance } from "../chance.ts";
import type { Light } from "../light.ts";
import { noiseTile, sample } from "../noise.ts";
import { clamp, length, smoothstep } from "../scalar.ts";
import { lay, type Surface } from "../surface.ts";
import { lamplight } from "./lamps.ts";
import { addMirrored, type Mirror, softness } from "./mirror.ts";
import { CENTRE, DECK, EYE, FOCAL, HEIGHT, HORIZON } from "./view.ts";

const PLANK = 0.145;
const GAP = 0.011;
const JOISTS = [-0.82, 0.24, 1.3];

/** Bleached by salt and sun. */
const WOOD: Light = [0.34, 0.27, 0.215];
const DUSK: Light = [0.2, 0.19, 0.27];
const SUNSET: Light = [2.1, 1, 0.42];
const LAMP: Light = [6.2, 2.9, 0.85];

/** Wet wood mirrors, but not sharply. */
const BLURRED = softness(160);

/** The planks of the jetty, which runs straight away from the camera. */
export function paintDeck(target: Surface, above: Mirror): void {
  const grain = noiseTile(71, 8, 6, 0.62);
  const planks = sawn();
  const shine = new Float64Array(3);
  const height = EYE - DECK.height;
  for (let y = Math.floor(HORIZON + (FOCAL * height) / DECK.far); y < HEIGHT; y++) {
    const z = (FOCAL * height) / (y + 0.5 - HORIZON);
    const scale = FOCAL / z;
    const perRow = (z * z) / (FOCAL * height);
    const number = Math.floor(z / PLANK);
    const plank = planks[number % planks.length];
    if (plank === undefined) continue;
    const within = z - number * PLANK;
    const gap = gapCover(within, perRow);
    // Rounded edges: the far one catches the low sun's light, the near one lies in shade.
    const bevel = smoothstep(0.02, 0, PLANK - GAP - within) * 0.9 - smoothstep(0.014, 0, within) * 0.4;
    // Where a row takes in more than a fibre's width, the fibres run into one tone.
    const fine = clamp(0.012 / perRow - 0.2);
    const from = Math.max(Math.floor(CENTRE + plank.left * scale) - 1, 0);
    const to = Math.min(Math.ceil(CENTRE + plank.right * scale) + 1, target.width);
    for (let x = from; x < to; x++) {
      const metres = (x + 0.5 - CENTRE) / scale;
      const edge = clamp((metres - plank.left) * scale + 0.5) * clamp((plank.right - metres) * scale + 0.5);
      // The grain runs along the plank, that is across the view; knots bend it.
      const knot = sample(grain, metres * 60 + plank.seed, plank.seed * 3 + within * 160);
      const line = sample(grain, metres * 26 + plank.seed, within * 1500 + knot * 9 + plank.seed * 5);
      const split = sample(grain, metres * 34 - plank.seed, within * 900 + plank.seed * 7 + knot * 5);
      const crack = smoothstep(1.1, 2.1, split);
      const fibre = (1 + 0.13 * knot + 0.17 * line * (0.35 + 0.65 * fine)) * (1 - 0.55 * crack * fine);
      const tone = plank.tint * fibre * (1 - 0.75 * nails(metres, within) * fine);
      const lamp = lamplight(metres, z) * (1 + 0.25 * line * fine);
      const sun = 0.16 * clamp(0.35 + bevel + 0.5 * line * fine + plank.tilt * 0.5);

      const wet = smoothstep(0.2, 1.5, sample(grain, metres * 21, z * 17) + plank.wet * 0.8) * (1 - crack);
      const grazing = (1 - clamp(height / z + 0.03 * line)) ** 5;
      const gloss = (0.035 + 0.6 * grazing) * (0.22 + 0.78 * wet) * (1 - gap);
      shine.fill(0);
      addMirrored(above, x, Math.abs(y - HORIZON + plank.tilt * 150 + line * 60), BLURRED, gloss, shine);

      const matt = tone * (1 - 0.93 * gap) * (1 - 0.4 * wet);
      const wood: Light = [
        WOOD[0] * matt * plank.warm * (DUSK[0] + SUNSET[0] * sun + LAMP[0] * lamp) + (shine[0] ?? 0),
        WOOD[1] * matt * (DUSK[1] + SUNSET[1] * sun + LAMP[1] * lamp) + (shine[1] ?? 0),
        WOOD[2] * matt * (DUSK[2] + SUNSET[2] * sun + LAMP[2] * lamp) + (shine[2] ?? 0),
      ];
      lay(target, x, y, wood, edge);
    }
  }
}

/** More planks than the jetty is long, no two alike and none of quite the same length. */
function sawn() {
  const next = chance(72);
  return Array.from({ length: 256 }, () => ({
    tint: 0.72 + 0.5 * next(),
    warm: 0.94 + 0.12 * next(),
    left: DECK.left + 0.05 * (next() - 0.5),
    right: DECK.right + 0.05 * (next() - 0.5),
    tilt: next() - 0.5,
    wet: next(),
    seed: next() * 512,
  }));
}

/** The part of a pixel row's depth that falls into the gap at a plank's end: far away the gaps blend into the wood. */
function gapCover(within: number, perRow: number): number {
  const centre = PLANK - GAP / 2;
  const overlap = Math.min(within + perRow / 2, centre + GAP / 2) - Math.max(within - perRow / 2, centre - GAP / 2);
  return clamp(Math.max(overlap, 0) / perRow);
}

/** Two nails in each plank over every joist. */
function nails(x: number, within: number): number {
  let found = 0;
  for (const joist of JOISTS) {
    const across = Math.abs(x - joist);
    if (across > 0.02) continue;
    for (const at of [0.032, 0.1]) found = Math.max(found, smoothstep(0.0085, 0.005, length(across, within - at)));
  }
  return found;
}
