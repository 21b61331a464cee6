import { box, disc, fill, type Outline, stroke } from "./draw.ts";
import { type Light, mix } from "./light.ts";
import { palettePng } from "./png.ts";
import { clamp } from "./scalar.ts";
import { peek, type Surface, surface } from "./surface.ts";

const SIZE = 160;
const MIDDLE = SIZE / 2;

// Unlike the other samples this one is mixed in display values, 0..255: it is a drawing and knows no light.
const NAVY: Light = [16, 48, 72];
const TEAL: Light = [30, 122, 138];
const CREAM: Light = [250, 243, 224];
const GOLD: Light = [236, 172, 58];
const RED: Light = [196, 52, 42];

/** Entry 0 is fully transparent, and garish, so that it shows where alpha is ignored; entry 1 is for the edge. */
const SEE_THROUGH = [
  { colour: [255, 0, 255] as const, alpha: 0 },
  { colour: GOLD, alpha: 128 },
];

const PALETTE: readonly Light[] = [
  ...SEE_THROUGH.map(({ colour }) => colour),
  ...steps(NAVY, TEAL, 16),
  ...steps(TEAL, CREAM, 8),
  ...steps(NAVY, CREAM, 8),
  ...steps(NAVY, GOLD, 12),
  ...steps(GOLD, CREAM, 5),
  ...steps(RED, CREAM, 6),
  ...steps(RED, NAVY, 5),
].map(([red, green, blue]) => [Math.round(red), Math.round(green), Math.round(blue)]);

export function badge(): Uint8Array {
  const drawing = surface(SIZE, SIZE);
  drawing.rgb.fill(255);
  const cover = surface(SIZE, SIZE);
  fill(cover, scalloped(), [1, 1, 1]);
  draw(drawing);
  const indices = Uint8Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    const [covered] = peek(cover, x, y);
    if (covered < 0.25) return 0;
    return covered < 0.75 ? 1 : nearest(peek(drawing, x, y));
  });
  return palettePng(
    indices,
    SIZE,
    SIZE,
    PALETTE,
    SEE_THROUGH.map(({ alpha }) => alpha),
  );
}

function draw(target: Surface): void {
  const field = (y: number): Light => mix(NAVY, TEAL, clamp((y - 26) / 96));
  // The rim is drawn larger than the outline, so that the pixels on the edge are not mixed with what is outside.
  disc(target, MIDDLE, MIDDLE, 84, GOLD);
  disc(target, MIDDLE, MIDDLE, 68.5, NAVY);
  disc(target, MIDDLE, MIDDLE, 65, CREAM);
  disc(target, MIDDLE, MIDDLE, 61.5, (_, y) => field(y));
  for (const side of [-1, 1]) {
    const beam = [MIDDLE, 52, MIDDLE + side * 47, 46, MIDDLE + side * 56.5, 66];
    fill(target, beam, (x, y) => mix(GOLD, field(y), clamp(Math.abs(x - MIDDLE) / 52)));
  }
  drawLighthouse(target);
  for (const y of [113, 122, 131]) drawWave(target, y);
}

function drawLighthouse(target: Surface): void {
  const half = (y: number): number => 7.5 + ((y - 60) / 52) * 5;
  for (const [band, top] of [60, 73, 86, 99].entries()) {
    const [upper, lower] = [half(top), half(top + 13)];
    const sides = [MIDDLE - upper, top, MIDDLE + upper, top, MIDDLE + lower, top + 13, MIDDLE - lower, top + 13];
    fill(target, sides, band % 2 === 0 ? CREAM : RED);
  }
  box(target, MIDDLE - 11, 57, 22, 3.5, NAVY);
  box(target, MIDDLE - 5.5, 46, 11, 11, GOLD);
  stroke(target, [MIDDLE, 46, MIDDLE, 57], 1.6, NAVY);
  fill(target, [MIDDLE - 8.5, 46.5, MIDDLE, 36, MIDDLE + 8.5, 46.5], RED);
  disc(target, MIDDLE, 35.5, 2.2, CREAM);
}

/** A wavy band as wide as the field is at its height. */
function drawWave(target: Surface, y: number): void {
  const half = Math.sqrt(57 ** 2 - (y + 2 - MIDDLE) ** 2);
  const at = (k: number, down: number): number[] => {
    const x = MIDDLE + half * (k / 30 - 1);
    return [x, y + down + 2.2 * Math.sin(x / 5.5)];
  };
  const along = Array.from({ length: 61 }, (_, k) => k);
  fill(target, [...along.flatMap((k) => at(k, -1.8)), ...along.reverse().flatMap((k) => at(k, 1.8))], CREAM);
}

function scalloped(): Outline {
  return Array.from({ length: 360 }, (_, k) => (k * Math.PI) / 180).flatMap((angle) => {
    const radius = 74.5 + 2.6 * Math.abs(Math.cos(angle * 12));
    return [MIDDLE + radius * Math.cos(angle), MIDDLE + radius * Math.sin(angle)];
  });
}

function steps(from: Light, to: Light, count: number): Light[] {
  return Array.from({ length: count }, (_, k) => mix(from, to, k / (count - 1)));
}

function nearest(colour: Light): number {
  const distances = PALETTE.map((entry) => entry.reduce((sum, value, c) => sum + (value - (colour[c] ?? 0)) ** 2, 0));
  const opaque = distances.slice(SEE_THROUGH.length);
  return SEE_THROUGH.length + opaque.indexOf(Math.min(...opaque));
}
