import type { Light } from "../light.ts";
import { noiseTile, sample } from "../noise.ts";
import { clamp, smoothstep } from "../scalar.ts";
import type { Surface } from "../surface.ts";
import { addFloating, type Floating } from "./floating.ts";
import type { Line } from "./land.ts";
import { addMirrored, type Mirror, softness } from "./mirror.ts";
import { CENTRE, deckSpan, EYE, FOCAL, HEIGHT, HORIZON, WIDTH } from "./view.ts";
import { addSlopes, levelFor, type Waves, waves } from "./waves.ts";

/** Four sizes of the same waves: the metres that a tile covers, and how steep they are. */
const SIZES = [
  { extent: 1.3, steep: 0.03 },
  { extent: 3.9, steep: 0.024 },
  { extent: 11.3, steep: 0.026 },
  { extent: 53, steep: 0.016 },
] as const;

const STEEPNESS = Math.hypot(...SIZES.map(({ steep }) => steep));

/** Rows that a reflection moves for a slope of 1: a slope turns the reflected ray by twice its angle. */
const SWING = 2 * FOCAL;

/** What comes back out of the water itself. */
const DEPTHS: Light = [0.006, 0.03, 0.042];

/** Paints everything below the shoreline, from what the finished picture shows above it. */
export function paintWater(target: Surface, shore: Line, above: Mirror, boats: readonly Floating[]): void {
  const sea = waves(31);
  const breeze = noiseTile(32, 4, 5);
  const light = new Float64Array(3);
  const slopes = new Float64Array(2);
  const top = Math.floor(shore.reduce((least, y) => Math.min(least, y)));
  for (let y = top; y < HEIGHT; y++) {
    const row = rowOfWater(sea, y);
    const hidden = deckSpan(y, -0.1);
    for (let x = 0; x < WIDTH; x++) {
      const foot = shore[x] ?? 0;
      const cover = clamp(y + 1 - foot);
      if (cover === 0 || (x > hidden.from && x < hidden.to)) continue;
      const metres = ((x - CENTRE) * row.z) / FOCAL;
      // Gusts roughen the water in patches; in between it lies nearly flat.
      const gust = sample(breeze, metres * 2.3, row.z * 1.1) + sample(breeze, metres * 0.5 + 70, row.z * 0.22);
      const rough = 0.45 + 0.75 * smoothstep(-1.5, 1.9, gust);
      slopes.fill(0);
      for (const { extent, steep, level } of row.sizes) {
        addSlopes(level, metres / extent + extent, row.z / extent, steep * rough, slopes);
      }
      reflect(x, y - foot, row, rough, slopes, above, boats, light);
      const o = (y * WIDTH + x) * 3;
      for (let c = 0; c < 3; c++) {
        target.rgb[o + c] = (target.rgb[o + c] ?? 0) * (1 - cover) + (light[c] ?? 0) * cover;
      }
    }
  }
}

/** What all of a row has in common, being equally far away. */
function rowOfWater(sea: Waves, y: number) {
  const below = Math.max(y + 0.5 - HORIZON, 1);
  const z = (FOCAL * EYE) / below;
  const perRow = (z * z) / (FOCAL * EYE);
  const sizes = SIZES.map(({ extent, steep }) => ({ extent, steep, level: levelFor(sea, extent, perRow) }));
  const lost = sizes.reduce((sum, { steep, level }) => sum + steep * steep * level.lost, 0);
  return {
    y,
    below,
    z,
    sizes,
    /** How far, in pixels, the waves that are too small to be seen singly here smear a reflection. */
    smear: SWING * Math.sqrt(lost),
    // At a grazing view the slopes that face the camera hide the others: on the whole the water leans this way.
    lean: (0.45 * STEEPNESS * STEEPNESS) / (below / FOCAL + STEEPNESS),
  };
}

/** Puts the light that comes from a spot of water, `depth` rows below the shore, into `light`. */
function reflect(
  x: number,
  depth: number,
  { y, below, z, smear, lean }: ReturnType<typeof rowOfWater>,
  rough: number,
  slopes: Float64Array,
  above: Mirror,
  boats: readonly Floating[],
  light: Float64Array,
): void {
  const [across = 0, away = 0] = [slopes[0], slopes[1]];
  const facing = clamp(below / FOCAL - away, 0.004, 1);
  // Schlick's approximation; written out, since ** is slow where it runs once for each pixel.
  const grazing = (1 - facing) * (1 - facing);
  const fresnel = 0.02 + 0.98 * grazing * grazing * (1 - facing);
  for (let c = 0; c < 3; c++) light[c] = (DEPTHS[c] ?? 0) * (1 - fresnel);

  let clear = fresnel;
  for (const boat of boats) {
    // Near the hull the reflected ray has had no way yet to stray: the image is steady there.
    const way = 1 - z / boat.z;
    if (way < 0) continue;
    const up = y - boat.waterline - SWING * away * way;
    clear *= 1 - addFloating(boat, x + 2 * across * below * way, up, 12 + smear * rough * way, fresnel, light);
  }
  const height = Math.abs(depth - SWING * (away - lean * rough));
  addMirrored(above, x + 2 * across * below, height, softness(smear * rough), clear, light);
}
