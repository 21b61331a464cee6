import { storePixels } from "./colour-lanes";

/**
 * Gray samples → opaque RGBA8.
 *
 * - Sixteen pixels a step: up to 15 bytes behind the samples are read, up to 60 behind the pixels are written.
 *
 * @param y     byte address of `count` samples, any alignment
 * @param to    byte address of `count` pixels, not overlapping them
 * @param count pixels, any value
 */
export function grayRow(y: usize, to: usize, count: u32): void {
  for (const end = y + count; y < end; y += 16, to += 64) {
    const gray = v128.load(y);
    storePixels(to, gray, gray, gray);
  }
}
