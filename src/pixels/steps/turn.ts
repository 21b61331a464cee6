import { pixelCount, type Rect, type Size } from "../../plan/size.ts";
import type { Turn } from "../../plan/steps.ts";
import { between } from "../between.ts";
import { blockBytes, type Kernels } from "../kernels.ts";
import type { Raster } from "../raster.ts";
import type { Work } from "../work.ts";
import { PHASES, phasesOf, TAPS } from "./turn-phases.ts";
import { type Field, fieldOf, type TileMap } from "./turn-tiles.ts";

const PIXEL = 4;
const FLOAT_PIXEL = 16;
/** Six numbers of 64 bits, twelve of 32. */
const PLACES_BYTES = 48;
const MAP_BYTES = 96;

/**
 * Turns `from` into `to`, a transparent raster of the step's size: each pixel is weighed of 4 × 4 premultiplied ones around
 * the point that the step's map gives. Beyond `from` its edge repeats, and what is not seen is transparent.
 *
 * Tile by tile: what lies under a tile is copied into the memory of the kernels, so little is held however large the pictures.
 */
export function* turnInto(kernels: Kernels, from: Raster, to: Raster, step: Turn): Work {
  const field = fieldOf(step);
  const weights = kernels.place(phasesOf(step.filter));
  const { pixels, floats, map, turned } = reserveTile(kernels, field);
  const source = new Uint32Array(from.data.buffer, from.data.byteOffset, pixelCount(from.size));

  for (const tile of tilesOf(to.size, field.side)) {
    if (field.isUnseen(tile)) continue;
    const under = field.under(tile);
    const count = pixelCount(under);
    copyUnderInto(new Uint32Array(kernels.run.memory.buffer, pixels, count), source, from.size, under);
    kernels.run.premultiplyRow(pixels, count, floats);
    writeMapInto(kernels.bytesAt(map, MAP_BYTES), field.map(tile, under));
    kernels.run.turnTile(floats, under.width * FLOAT_PIXEL, weights, map, turned, tile.width, tile.height);
    placeTileInto(to, tile, kernels.bytesAt(turned, pixelCount(tile) * PIXEL));
    yield (count + pixelCount(tile)) * PIXEL;
  }
}

/** Bytes of the arena that it reserves. */
export function turnBytes(step: Turn): number {
  const phases = blockBytes(PHASES * TAPS * Float32Array.BYTES_PER_ELEMENT);
  return Object.values(blocksOf(fieldOf(step))).reduce((sum, bytes) => sum + blockBytes(bytes), phases);
}

function blocksOf({ mostUnder, side }: Field) {
  return { pixels: mostUnder * PIXEL, floats: mostUnder * FLOAT_PIXEL, map: MAP_BYTES, turned: side * side * PIXEL };
}

function reserveTile(kernels: Kernels, field: Field): ReturnType<typeof blocksOf> {
  const { pixels, floats, map, turned } = blocksOf(field);
  return {
    pixels: kernels.reserve(pixels),
    floats: kernels.reserve(floats),
    map: kernels.reserve(map),
    turned: kernels.reserve(turned),
  };
}

function* tilesOf({ width, height }: Size, side: number): Generator<Rect> {
  for (let y = 0; y < height; y += side) {
    for (let x = 0; x < width; x += side) {
      yield { x, y, width: Math.min(side, width - x), height: Math.min(side, height - y) };
    }
  }
}

/** Copies a part of the raster that may lie beyond it: rows and columns there are those of its edge. */
function copyUnderInto(block: Uint32Array, source: Uint32Array, size: Size, under: Rect): void {
  const begin = between(-under.x, 0, under.width);
  const end = between(size.width - under.x, 0, under.width);
  for (let y = 0; y < under.height; y++) {
    const first = between(under.y + y, 0, size.height - 1) * size.width;
    const at = y * under.width;
    block.fill(source[first] ?? 0, at, at + begin);
    if (begin < end) block.set(source.subarray(first + under.x + begin, first + under.x + end), at + begin);
    block.fill(source[first + size.width - 1] ?? 0, at + end, at + under.width);
  }
}

function writeMapInto({ buffer, byteOffset }: Uint8Array, { places, distances }: TileMap): void {
  new Float64Array(buffer, byteOffset, places.length).set(places);
  new Float32Array(buffer, byteOffset + PLACES_BYTES, distances.length).set(distances);
}

function placeTileInto({ size, data }: Raster, tile: Rect, pixels: Uint8Array): void {
  const stride = tile.width * PIXEL;
  for (let y = 0; y < tile.height; y++) {
    data.set(pixels.subarray(y * stride, (y + 1) * stride), ((tile.y + y) * size.width + tile.x) * PIXEL);
  }
}
