import { clamp } from "../scalar.ts";
import { blurred, lay, peek, type Surface, surface } from "../surface.ts";
import { EYE, FOCAL, HORIZON } from "./view.ts";

/** Something cut out that stands on the water in front of the shore, and so has a mirror line of its own. */
export interface Floating {
  readonly left: number;
  readonly top: number;
  /** The row of its waterline, and how far away that is in metres. */
  readonly waterline: number;
  readonly z: number;
  /** Light already weighted with cover; and cover, in each channel. */
  readonly light: Surface;
  readonly cover: Surface;
  /** The same two for the mirror image, softened, because waves show thin masts and stays at any angle. */
  readonly mirrored: { readonly light: Surface; readonly cover: Surface };
}

const TAPS = 4;

/**
 * Cuts out whatever `paint` draws: drawn once over black and once over white, the two differ by just what shows
 * through.
 */
export function floating(
  place: { left: number; top: number; width: number; height: number; waterline: number },
  paint: (target: Surface) => void,
): Floating {
  const { left, top, width, height, waterline } = place;
  const light = surface(width, height);
  const overWhite = surface(width, height);
  overWhite.rgb.fill(1);
  paint(light);
  paint(overWhite);
  const cover = { ...overWhite, rgb: overWhite.rgb.map((value, i) => 1 - value + (light.rgb[i] ?? 0)) };
  const mirrored = { light: soft(light), cover: soft(cover) };
  return { left, top, waterline, z: (FOCAL * EYE) / (waterline - HORIZON), light, cover, mirrored };
}

function soft(sharp: Surface): Surface {
  return blurred(blurred(sharp, 1, 4), 1, 4);
}

export function paintFloating(target: Surface, { left, top, light, cover }: Floating): void {
  for (let y = 0; y < light.height; y++) {
    for (let x = 0; x < light.width; x++) {
      const [amount] = peek(cover, x, y);
      if (amount < 1e-4) continue;
      const [red, green, blue] = peek(light, x, y);
      lay(target, x + left, y + top, [red / amount, green / amount, blue / amount], clamp(amount));
    }
  }
}

/** Adds its mirror image to `out` at a column and a height over the waterline; returns how much it covers. */
export function addFloating(
  { left, top, waterline, mirrored: { light, cover } }: Floating,
  x: number,
  height: number,
  spread: number,
  weight: number,
  out: Float64Array,
): number {
  const column = Math.floor(x - left);
  if (column < 0 || column >= light.width || height - spread > waterline - top) return 0;
  let covered = 0;
  // Waves too small to be seen singly smear the image upwards and downwards.
  for (let tap = -TAPS; tap <= TAPS; tap++) {
    const row = Math.floor(waterline - Math.abs(height + (tap * spread) / TAPS) - top);
    if (row < 0 || row >= light.height) continue;
    const i = (row * light.width + column) * 3;
    covered += cover.rgb[i] ?? 0;
    for (let c = 0; c < 3; c++) out[c] = (out[c] ?? 0) + ((light.rgb[i + c] ?? 0) * weight) / (2 * TAPS + 1);
  }
  return Math.min(covered / (2 * TAPS + 1), 1);
}
