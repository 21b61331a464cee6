import type { Raster } from "../../src/pixels/raster.ts";
import type { Size } from "../../src/plan/size.ts";
import { randomNumbers } from "./random.ts";

type Channel = (x: number, y: number, channel: number, next: () => number) => number;

/** What encoders are tried with; alpha is noise in all of them, which JPEG must not see. */
export const ENCODER_PICTURES = {
  gradients: (x, y, channel) => x * (channel + 1) + y * (3 - channel),
  noise: (_x, _y, _channel, next) => next() * 256,
  edges: (x, y, channel) => (((x >> (2 + channel)) + (y >> 3)) % 2 === 0 ? 255 - channel * 20 : channel * 40),
} as const satisfies Record<string, Channel>;

export type EncoderPicture = keyof typeof ENCODER_PICTURES;

export function encoderPicture(name: EncoderPicture, size: Size): Raster {
  const next = randomNumbers(size.width * 7919 + size.height);
  const channelOf: Channel = ENCODER_PICTURES[name];
  const data = new Uint8ClampedArray(size.width * size.height * 4);
  for (let at = 0; at < data.length; at++) {
    const pixel = at >> 2;
    const [x, y] = [pixel % size.width, Math.floor(pixel / size.width)];
    data[at] = (at & 3) === 3 ? next() * 256 : Math.floor(channelOf(x, y, at & 3, next)) & 255;
  }
  return { size, data: new Uint8Array(data.buffer) };
}
