import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const PALETTE = 3;
const TRUECOLOUR_ALPHA = 6;

/** How far to the left the PNG filters look for the previous pixel of four 8-bit channels. */
const STRIDE = 4;

/** Colour type 6, 8 bits a channel, alpha not premultiplied. */
export function rgbaPng(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): Uint8Array {
  const bytes = width * STRIDE;
  const filtered = new Uint8Array(height * (bytes + 1));
  let above = new Uint8Array(STRIDE + bytes);
  for (let y = 0; y < height; y++) {
    const row = new Uint8Array(STRIDE + bytes);
    row.set(rgba.subarray(y * bytes, (y + 1) * bytes), STRIDE);
    filtered.set(cheapestFilter(row, above), y * (bytes + 1));
    above = row;
  }
  return png(width, height, TRUECOLOUR_ALPHA, [["IDAT", deflateSync(filtered, { level: 9 })]]);
}

/** Colour type 3, one byte a pixel. `alphas` are those of the first entries; the others are opaque. Without any it has no alpha at all. */
export function palettePng(
  indices: Uint8Array,
  width: number,
  height: number,
  palette: readonly (readonly [number, number, number])[],
  alphas: readonly number[],
): Uint8Array {
  // Neighbouring indices say nothing about each other, so filters, which store differences, only add entropy.
  const unfiltered = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) unfiltered.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return png(width, height, PALETTE, [
    ["PLTE", Uint8Array.from(palette.flat())],
    ...(alphas.length === 0 ? [] : [["tRNS", Uint8Array.from(alphas)] as const]),
    ["IDAT", deflateSync(unfiltered, { level: 9 })],
  ]);
}

type Chunk = readonly [type: string, body: Uint8Array];

function png(width: number, height: number, colourType: number, chunks: readonly Chunk[]): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, colourType], 8);
  const all: readonly Chunk[] = [["IHDR", header], ...chunks, ["IEND", new Uint8Array()]];
  return Buffer.concat([SIGNATURE, ...all.map(framed)]);
}

function framed([type, body]: Chunk): Uint8Array {
  const chunk = new Uint8Array(body.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length);
  chunk.set(new TextEncoder().encode(type), 4);
  chunk.set(body, 8);
  view.setUint32(body.length + 8, crc32(chunk.subarray(4, body.length + 8)));
  return chunk;
}

type Predictor = (left: number, up: number, upLeft: number) => number;

/** In the order of their numbers in the PNG specification. */
const PREDICTORS: readonly Predictor[] = [
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, upLeft) => {
    const guess = left + up - upLeft;
    const [toLeft, toUp, toUpLeft] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)];
    if (toLeft <= toUp && toLeft <= toUpLeft) return left;
    return toUp <= toUpLeft ? up : upLeft;
  },
];

/**
 * The filter with the minimum sum of absolute differences, which the PNG specification recommends. Both rows begin with
 * one pixel of zeros, the neighbour that the specification gives to the first pixel.
 */
function cheapestFilter(row: Uint8Array, above: Uint8Array): Uint8Array {
  let best = new Uint8Array();
  let least = Number.POSITIVE_INFINITY;
  for (const [number, predict] of PREDICTORS.entries()) {
    const line = new Uint8Array(row.length - STRIDE + 1);
    line[0] = number;
    let cost = 0;
    for (let left = 0, i = STRIDE; i < row.length; left++, i++) {
      const difference = ((row[i] ?? 0) - predict(row[left] ?? 0, above[i] ?? 0, above[left] ?? 0)) & 0xff;
      line[left + 1] = difference;
      cost += difference < 128 ? difference : 256 - difference;
    }
    if (cost < least) [best, least] = [line, cost];
  }
  return best;
}
