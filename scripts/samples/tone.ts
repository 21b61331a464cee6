import { clamp } from "./scalar.ts";

/** Table over light / (1 + light), which holds every brightness in a finite range. */
const SIZE = 4096;

const CURVE = Float32Array.from({ length: SIZE + 1 }, (_, i) => {
  const light = i / (SIZE + 1 - i);
  // Film's roll-off in the highlights (Narkowicz's fit to ACES), then the sRGB transfer.
  const film = clamp((light * (2.51 * light + 0.03)) / (light * (2.43 * light + 0.59) + 0.14));
  return 255 * (film <= 0.0031308 ? film * 12.92 : 1.055 * film ** (1 / 2.4) - 0.055);
});

/** The sRGB value, 0..255 and not rounded, that shows this linear light. */
export function tone(light: number): number {
  return CURVE[Math.floor((SIZE * light) / (1 + light) + 0.5)] ?? 255;
}
