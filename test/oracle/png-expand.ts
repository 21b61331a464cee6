import type { PngColours, PngHeader } from "../../src/codec/png/header.ts";

/** Samples to RGBA8, one pixel at a time. Source: PNG (Third Edition), 7.2, 11.2.1, 11.2.2, 11.3.1.1, 13.12. */

const SAMPLES = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

export function samplesAPixel({ colourType }: PngHeader): number {
  return SAMPLES[colourType];
}

/** The pixels from column `first` on. */
export function expanded(colours: PngColours, row: Uint8Array, first: number, count: number): Uint8Array<ArrayBuffer> {
  const each = samplesAPixel(colours.header);
  const pixels = Array.from({ length: count }, (_, column) => {
    const samples = Array.from({ length: each }, (_, channel) =>
      sampleOf(row, (first + column) * each + channel, colours.header.depth),
    );
    return pixelOf(colours, samples);
  });
  return Uint8Array.from(pixels.flat());
}

/** The bits of a row one by one, uppermost first. */
function sampleOf(row: Uint8Array, index: number, depth: number): number {
  let value = 0;
  for (let bit = index * depth; bit < (index + 1) * depth; bit++) {
    value = value * 2 + (((row[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  }
  return value;
}

function pixelOf({ header, palette, transparency }: PngColours, samples: readonly number[]): readonly number[] {
  const { colourType, depth } = header;
  const levels = samples.map((sample) => levelOf(sample, depth));
  const [first = 0, second = 0] = levels;
  const alphaOf = () => (isKey(samples, depth, transparency) ? 0 : 255);
  switch (colourType) {
    case 0:
      return [first, first, first, alphaOf()];
    case 2:
      return [...levels, alphaOf()];
    case 3:
      return colourOf(samples[0] ?? 0, palette ?? new Uint8Array(0), transparency ?? new Uint8Array(0));
    case 4:
      return [first, first, first, second];
    case 6:
      return levels;
  }
}

/** "floor((input_sample * MAXOUTSAMPLE / MAXINSAMPLE) + 0.5)". Source: 13.12. */
export function levelOf(sample: number, depth: number): number {
  return Math.floor((sample * 255) / (2 ** depth - 1) + 0.5);
}

function colourOf(index: number, palette: Uint8Array, alphas: Uint8Array): readonly number[] {
  if (index >= palette.length / 3) return [0, 0, 0, 255];
  return [...palette.subarray(index * 3, index * 3 + 3), alphas[index] ?? 255];
}

/** "Decoders must mask the other bits to 0 before the value is used." Source: 11.3.1.1. */
function isKey(samples: readonly number[], depth: number, transparency: Uint8Array | undefined): boolean {
  if (transparency === undefined) return false;
  const key = new DataView(transparency.buffer, transparency.byteOffset, transparency.length);
  return samples.every((sample, channel) => sample === key.getUint16(channel * 2) % 2 ** depth);
}
