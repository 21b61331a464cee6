import { expect } from "vitest";
import { BEHIND_PIXELS, Expansion } from "../../src/codec/png/expansion.ts";
import type { ColourType, PngColours, PngHeader } from "../../src/codec/png/header.ts";
import { BEHIND_ROW } from "../../src/codec/png/unfiltering.ts";
import { expanded, samplesAPixel } from "../oracle/png-expand.ts";
import { guarded, roomyKernels } from "./guarded.ts";
import { expectNear } from "./near.ts";
import { randomBytes } from "./random.ts";

export const kernels = roomyKernels();

/** Source: PNG (Third Edition), table 12. */
const DEPTHS: Readonly<Record<ColourType, readonly PngHeader["depth"][]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

export const KINDS = ([0, 2, 3, 4, 6] as const).flatMap((colourType) =>
  DEPTHS[colourType].map((depth) => ({ colourType, depth })),
);

export type Kind = Pick<PngHeader, "colourType" | "depth">;

export function headerOf(kind: Kind, width: number): PngHeader {
  return { ...kind, size: { width, height: 1 }, interlaced: false };
}

export function rowBytes(header: PngHeader): number {
  return Math.ceil((header.size.width * samplesAPixel(header) * header.depth) / 8);
}

/** Palettes of as many colours as a depth can name. */
export function colours(kind: Kind, width: number, parts: Partial<PngColours> = {}): PngColours {
  const header = headerOf(kind, width);
  return kind.colourType === 3
    ? { header, palette: randomBytes(3 * 2 ** kind.depth, 7), ...parts }
    : { header, ...parts };
}

/** The pixels of a row, by an `Expansion` of its own; having seen that it stayed in its bounds. */
export function pixelsOf(picture: PngColours, row: Uint8Array, first: number, count: number): Uint8Array {
  kernels.clear();
  const expansion = new Expansion(kernels, picture, count);
  const from = guarded(kernels, row.length + BEHIND_ROW, 5);
  from.bytes.set(row);
  const to = guarded(kernels, count * 4 + BEHIND_PIXELS);
  expansion.expand(from.address, first, count, to.address);
  expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
  expect(from.bytes.subarray(0, row.length), "the row may be the one above the next").toEqual(row);
  return to.bytes.slice(0, count * 4);
}

export function expectTwin(picture: PngColours, row: Uint8Array, first: number, count: number): void {
  expectNear(pixelsOf(picture, row, first, count), expanded(picture, row, first, count), 0);
}

/** tRNS of a key: sixteen bits a sample. */
export function keyOf(samples: readonly number[]): Uint8Array {
  return Uint8Array.from(samples.flatMap((sample) => [sample >> 8, sample & 255]));
}

/** A row of samples, as many as there are. */
export function rowOf(samples: readonly number[], depth: number): Uint8Array {
  const bits = samples.map((sample) => sample.toString(2).padStart(depth, "0")).join("");
  return Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (byte) => Number.parseInt(byte.padEnd(8, "0"), 2));
}
