import type { Tone } from "../../src/plan/tone.ts";
import { byte } from "./rows.ts";

/** The twin of wasm/kernels/tone and of the step: float64, one pixel at a time, one formula after the other. */

/** Red, green, blue 0..255, with fractions. */
export type Colours = readonly [red: number, green: number, blue: number];

export const NEUTRAL: Tone = {
  brightness: 0,
  contrast: 0,
  colorize: undefined,
  balance: [0, 0, 0],
  hue: 0,
  saturation: 0,
  invert: false,
};

/** Every operation in its order, each clamped for itself; nothing is rounded. Source: protocol.md 3.6. */
export function toned(colours: Colours, tone: Tone, median = 127.5): Colours {
  const shifts = tone.balance.map(levelsOf);
  let now = each(colours, (value) => value + levelsOf(tone.brightness));
  now = each(now, (value) => contrasted(value, tone.contrast));
  now = colorized(now, tone.colorize, median);
  now = each(now, (value, channel) => value + (shifts[channel] ?? 0));
  now = turned(now, tone.hue);
  now = saturated(now, 1 + tone.saturation / 100);
  return tone.invert ? each(now, (value) => 255 - value) : now;
}

/** All pixels of a row, rounded; alpha as it is. */
export function tonedRow(rgba: ArrayLike<number>, tone: Tone, median?: number): Uint8Array<ArrayBuffer> {
  const result = Uint8Array.from(rgba);
  for (let at = 0; at < result.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = result.subarray(at, at + 3);
    result.set(toned([red, green, blue], tone, median).map(byte), at);
  }
  return result;
}

/** 2.55 · percent; in this order 50 % is exactly the middle. */
function levelsOf(percent: number): number {
  return (255 * percent) / 100;
}

function contrasted(value: number, percent: number): number {
  if (percent === 100) return value >= 127.5 ? 255 : 0;
  const factor = percent <= 0 ? (100 + percent) / 100 : 100 / (100 - percent);
  return (value - 127.5) * factor + 127.5;
}

function colorized(colours: Colours, colorize: Tone["colorize"], median: number): Colours {
  if (colorize === undefined) return colours;
  const { colour, normalise, contrast } = colorize;
  const luma = lumaOf(colours);
  const stretched = normalise ? clamp(contrasted(luma + 127.5 - median, contrast)) : luma;
  return each(colour, (level) => ramp(stretched, level));
}

/** 0 → 0, 127.5 → level, 255 → 255. */
export function ramp(luma: number, level: number): number {
  return luma < 127.5 ? (luma / 127.5) * level : level + ((luma - 127.5) / 127.5) * (255 - level);
}

/** By way of HSL, as the textbooks have it. */
export function turned(colours: Colours, degrees: number): Colours {
  const { hue, chroma, lightness } = hslOf(colours);
  return rgbOf({ hue: (((hue + degrees) % 360) + 360) % 360, chroma, lightness });
}

interface Hsl {
  /** Degrees, 0 up to 360. */
  readonly hue: number;
  /** The saturation times 1 − |2 · lightness − 1|: both stay, and so does this, which white and black have too. */
  readonly chroma: number;
  readonly lightness: number;
}

function hslOf(colours: Colours): Hsl {
  const [red, green, blue] = colours;
  const high = Math.max(...colours);
  const low = Math.min(...colours);
  const chroma = high - low;
  const rest = { chroma, lightness: (high + low) / 2 };
  if (chroma === 0) return { hue: 0, ...rest };
  if (high === red) return { hue: (60 * ((green - blue) / chroma) + 360) % 360, ...rest };
  if (high === green) return { hue: 60 * ((blue - red) / chroma) + 120, ...rest };
  return { hue: 60 * ((red - green) / chroma) + 240, ...rest };
}

function rgbOf({ hue, chroma, lightness }: Hsl): Colours {
  const second = chroma * (1 - Math.abs(((hue / 60) % 2) - 1));
  const low = lightness - chroma / 2;
  const sectors: readonly Colours[] = [
    [chroma, second, 0],
    [second, chroma, 0],
    [0, chroma, second],
    [0, second, chroma],
    [second, 0, chroma],
    [chroma, 0, second],
  ];
  return each(sectors[Math.floor(hue / 60)] ?? [0, 0, 0], (part) => part + low);
}

export function saturated(colours: Colours, factor: number): Colours {
  const luma = lumaOf(colours);
  return each(colours, (value) => luma + (value - luma) * factor);
}

export function lumaOf([red, green, blue]: Colours): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function each(colours: Colours, use: (value: number, channel: number) => number): Colours {
  const [red, green, blue] = colours;
  return [clamp(use(red, 0)), clamp(use(green, 1)), clamp(use(blue, 2))];
}

function clamp(value: number): number {
  return Math.min(255, Math.max(0, value));
}

/** The colours of RGBA8 pixels as three planes of whole vectors, zeros behind the last. */
export function split(rgba: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const plane = Math.ceil(rgba.length / 16) * 4;
  const planes = new Float32Array(plane * 3);
  for (let at = 0; at < rgba.length; at++) {
    if (at % 4 < 3) planes[(at % 4) * plane + Math.floor(at / 4)] = rgba[at] ?? 0;
  }
  return planes;
}

/** The pixels with the colours of the planes, rounded, and their own alpha. */
export function join(planes: ArrayLike<number>, rgba: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const plane = planes.length / 3;
  return Uint8Array.from(rgba).map((value, at) =>
    at % 4 === 3 ? value : byte(planes[(at % 4) * plane + Math.floor(at / 4)] ?? 0),
  );
}
