import { storePixels } from "./colour-lanes";

/**
 * Planes of red, green and blue → opaque RGBA8.
 *
 * - Sixteen pixels a step: up to 15 bytes behind the samples are read, up to 60 behind the pixels are written.
 *
 * @param red   byte address of `count` samples, any alignment; so are `green` and `blue`
 * @param to    byte address of `count` pixels, overlapping none of them
 * @param count pixels, any value
 */
export function rgbRow(red: usize, green: usize, blue: usize, to: usize, count: u32): void {
  for (const end = red + count; red < end; red += 16, green += 16, blue += 16, to += 64) {
    storePixels(to, v128.load(red), v128.load(green), v128.load(blue));
  }
}
