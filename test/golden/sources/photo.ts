import { disc, fill } from "../../../scripts/samples/draw.ts";
import { type Light, ramp } from "../../../scripts/samples/light.ts";
import { peek, surface } from "../../../scripts/samples/surface.ts";
import type { Raster } from "../../../src/pixels/raster.ts";
import { picture } from "../../support/pictures.ts";

const SIZE = { width: 160, height: 120 };
const SHORE = 78;

const SKY: readonly (readonly [at: number, light: Light])[] = [
  [0, [38, 66, 122]],
  [0.6, [214, 150, 128]],
  [1, [250, 214, 150]],
];
const SUN: Light = [255, 240, 190];
const FAR: Light = [122, 108, 140];
const NEAR: Light = [44, 62, 66];
const SAIL: Light = [246, 238, 226];
const HULL: Light = [150, 34, 30];

/**
 * A small evening at a lake, as smooth as photographs are and with edges as sharp as theirs: sky, sun, two ranges of hills, the
 * water that mirrors them, and a boat. Mixed in display values, 0..255.
 */
export function photo(): Raster {
  const scene = surface(SIZE.width, SIZE.height);
  const { width } = SIZE;
  fill(scene, [0, 0, width, 0, width, SHORE, 0, SHORE], (_, y) => ramp(SKY, y / SHORE));
  disc(scene, 112, 50, 11, SUN);
  fill(scene, ridge(58, 9, 17, 0.4), FAR);
  fill(scene, ridge(68, 7, 11, 2.1), NEAR);
  fill(scene, [0, SHORE, width, SHORE, width, SIZE.height, 0, SIZE.height], (x, y) => mirrored(x, y));
  fill(scene, [52, 92, 86, 92, 80, 98, 58, 98], HULL);
  fill(scene, [68, 56, 68, 90, 48, 90], SAIL);
  fill(scene, [71, 62, 86, 90, 71, 90], SAIL);
  return picture(SIZE, (x, y) => {
    const [red, green, blue] = peek(scene, x, y).map(Math.round) as [number, number, number];
    return [red, green, blue, 255];
  });

  /** What lies as far above the shore, darker, on waves that grow towards the viewer. */
  function mirrored(x: number, y: number): Light {
    const depth = y - SHORE;
    const above = SHORE - 1 - depth + Math.sin(depth * 1.3) * depth * 0.06;
    const [red, green, blue] = peek(scene, Math.floor(x), Math.max(0, Math.round(above)));
    return [red * 0.62, green * 0.68, blue * 0.78];
  }
}

/** Hills down to the shore. */
function ridge(top: number, height: number, length: number, phase: number): number[] {
  const line = Array.from({ length: 41 }, (_, step) => {
    const x = (step * SIZE.width) / 40;
    return [x, top + height * Math.sin(x / length + phase) * Math.sin(x / 37 + phase)];
  });
  return [...line.flat(), SIZE.width, SHORE, 0, SHORE];
}
