/** Levels of the kernels' rows: 64 to one of 255. */
const STEPS = 255 * 64;

/** Linear light 0..255 of each encoded level. Source: IEC 61966-2-1 (sRGB). */
export function lightOfLevels(): Float32Array<ArrayBuffer> {
  return new Float32Array(256).map((_, level) => lightOf(level));
}

/** Linear light 0..255 of an encoded level 0..255. */
export function lightOf(level: number): number {
  const value = level / 255;
  return 255 * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
}

/** The encoded level of every 64th of a level of light, 0..255 · 64, halves rounded up. */
export function levelsOfLight(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(STEPS + 1).map((_, step) => {
    const light = step / STEPS;
    const value = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
    return Math.floor(value * 255 + 0.5);
  });
}
