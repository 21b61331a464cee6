import { box, fill } from "../draw.ts";
import { type Light, lit, mix, plus, times } from "../light.ts";
import { lerp } from "../scalar.ts";
import type { Surface } from "../surface.ts";
import { haze } from "./sky.ts";

interface House {
  /** Left bottom corner of the front, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels to the metre. */
  readonly scale: number;
  readonly width: number;
  readonly storeys: number;
  readonly walls: Light;
  readonly roof: Light;
  /** How far it is lost in haze. */
  readonly veil: number;
}

/** Light on what faces the camera, away from the sun: the evening sky behind it. On what faces left: the sunset. */
const SHADE: Light = [0.17, 0.165, 0.235];
const SUNSET: Light = [0.62, 0.31, 0.16];
const LAMPLIGHT: Light = [3.0, 1.4, 0.42];

const STOREY = 2.7;

/** A house in oblique view: the front, the gable to its left, the roof plane over the front. */
export function paintHouse(target: Surface, house: House, next: () => number): void {
  const { x, y, scale, storeys, walls, roof, veil } = house;
  const width = house.width * scale;
  const depth = width * 0.4;
  const height = storeys * STOREY * scale;
  const rise = depth * 0.85;
  const far = haze(x);
  const seen = (light: Light): Light => mix(light, far, veil);
  const eaves = y - height;
  const gable = seen(lit(walls, plus(SHADE, SUNSET)));
  const front = seen(lit(walls, SHADE));
  const dim = times(front, 0.72);
  // A foot of two metres below ground, so that a house on a slope does not hang in the air.
  fill(
    target,
    [x - depth, y + 2 * scale, x - depth, eaves, x - depth / 2, eaves - rise, x, eaves, x, y + 2 * scale],
    gable,
  );
  fill(target, [x, eaves, x + width, eaves, x + width, y + 2 * scale, x, y + 2 * scale], (_, py) =>
    mix(front, dim, (py - eaves) / height),
  );
  const over = 0.35 * scale;
  const tiles = lit(roof, plus(SHADE, times(SUNSET, 0.12)));
  fill(
    target,
    [
      x - over * 0.4,
      eaves + over * 0.5,
      x - depth / 2 - over,
      eaves - rise,
      x + width - depth / 2 + over,
      eaves - rise,
      x + width + over,
      eaves + over * 0.5,
    ],
    (_, py) => seen(times(tiles, py % Math.max(scale * 0.4, 2) < 1 ? 0.75 : 1)),
  );
  fill(
    target,
    [
      x - depth - over,
      eaves + over,
      x - depth / 2 - over,
      eaves - rise - over * 0.6,
      x - depth / 2 + over * 0.2,
      eaves - rise,
      x - depth,
      eaves + over * 0.4,
    ],
    seen(times(tiles, 1.5)),
  );
  box(
    target,
    x + width * lerp(0.15, 0.6, next()) - depth / 2,
    eaves - rise - scale * 0.9,
    scale * 0.7,
    scale * 1.5,
    seen(lit([0.4, 0.26, 0.2], SHADE)),
  );
  paintWindows(target, house, { left: x, width, eaves }, 1, next);
  paintWindows(target, house, { left: x - depth, width: depth, eaves }, 0.6, next);
}

interface Wall {
  readonly left: number;
  readonly width: number;
  readonly eaves: number;
}

function paintWindows(target: Surface, house: House, wall: Wall, narrow: number, next: () => number): void {
  const { scale, storeys, veil } = house;
  const far = haze(house.x);
  const glass: Light = mix([0.03, 0.035, 0.06], far, veil);
  const frame = mix(lit([0.75, 0.72, 0.68], SHADE), far, veil);
  const wide = 0.95 * scale * narrow;
  const tall = 1.35 * scale;
  const count = Math.max(Math.floor(wall.width / (2.3 * scale * narrow)), 1);
  for (let storey = 0; storey < storeys; storey++) {
    for (let k = 0; k < count; k++) {
      const cx = wall.left + (wall.width * (k + 0.5)) / count;
      const top = wall.eaves + (storey * STOREY + 0.8) * scale;
      const glow = times(LAMPLIGHT, 0.25 + 0.9 * next());
      const shows = next() < 0.5 ? glow : glass;
      const edge = Math.max(scale * 0.1, 0.6);
      box(target, cx - wide / 2 - edge, top - edge, wide + 2 * edge, tall + 2 * edge, frame);
      // Curtains and lamps: brighter in the middle of a lit window than at its top.
      box(target, cx - wide / 2, top, wide, tall, (_, py) => times(shows, lerp(0.65, 1.1, (py - top) / tall)));
      if (scale < 6) continue;
      box(target, cx - 0.4, top, 0.9, tall, times(frame, 0.6));
      box(target, cx - wide / 2, top + tall * 0.4, wide, 0.9, times(frame, 0.6));
    }
  }
}
