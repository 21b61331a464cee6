import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import { COLOUR_TYPES } from "./colours.ts";
import type { PngColours, PngHeader } from "./header.ts";
import { pixelTable, pixelTableBytes } from "./pixel-table.ts";
import { BEHIND_ROW } from "./unfiltering.ts";

/** A key is read with all that fits in eight bytes. */
const KEY_BYTES = 8;

/** Bytes beyond the pixels that `expand` may write: whole vectors. */
export const BEHIND_PIXELS = 64;

/** Bytes of the arena that an `Expansion` reserves, for rows of at most so many pixels. */
export function expansionBytes(header: PngHeader, mostPixels: number): number {
  return blockBytes(pixelTableBytes(header)) + blockBytes(KEY_BYTES) + blockBytes(narrowBytes(header, mostPixels));
}

/** Of the samples of a row, when they have eight bits; there may be too few of them for a vector. */
function narrowBytes({ colourType, depth }: PngHeader, mostPixels: number): number {
  return depth === 16 ? mostPixels * COLOUR_TYPES[colourType].samples + BEHIND_ROW : 0;
}

/**
 * Makes pixels of samples: every colour type and depth to RGBA8, not premultiplied. Samples of 16 bits are rounded,
 * v · 255 / 65535, halves up; the transparent colour is compared before. Source: PNG (Third Edition), 11.2, 13.
 */
export class Expansion {
  readonly #kernels: Kernels;
  readonly #header: PngHeader;
  readonly #table: number | undefined;
  readonly #key: number | undefined;
  readonly #narrow: number;

  constructor(kernels: Kernels, colours: PngColours, mostPixels: number) {
    const { header } = colours;
    this.#kernels = kernels;
    this.#header = header;
    this.#table = placed(kernels, pixelTableBytes(header), pixelTable(colours));
    this.#key = placed(kernels, KEY_BYTES, keyOf(colours));
    this.#narrow = kernels.reserve(narrowBytes(header, mostPixels));
  }

  /**
   * @param row   address of an unfiltered row, behind which `BEHIND_ROW` bytes may be read
   * @param first column of the first pixel that is wanted
   * @param count pixels, at most as many as were said
   * @param to    address of `count` pixels, 16-byte aligned, and of BEHIND_PIXELS bytes more
   */
  expand(row: number, first: number, count: number, to: number): void {
    const { run } = this.#kernels;
    const { colourType, depth } = this.#header;
    const bits = first * COLOUR_TYPES[colourType].samples * depth;
    const from = row + Math.floor(bits / 8);
    const table = this.#table;
    if (table === undefined) this.#expandSamples(from, count, to);
    else if (depth === 8) run.lookUpBytes(from, table, to, count);
    else run.lookUpBits(from, bits % 8, table, to, count, depth);
  }

  #expandSamples(from: number, count: number, to: number): void {
    const { run } = this.#kernels;
    const { colourType, depth } = this.#header;
    const samples = COLOUR_TYPES[colourType].samples;
    const narrow = depth === 16 ? this.#narrow : from;
    if (depth === 16) run.narrowSamples(from, narrow, count * samples);
    switch (colourType) {
      case 0:
        run.grayRow(narrow, to, count);
        break;
      case 2:
        run.expandRgb(narrow, to, count);
        break;
      case 4:
        run.expandGrayAlpha(narrow, to, count);
        break;
      default:
        run.copyRow(narrow, to, count * samples);
    }
    if (this.#key !== undefined) run.applyKey(from, this.#key, to, count, (samples * depth) / 8);
  }
}

/** Reserves a block also where there is nothing to put into it: a header alone says what a picture takes. */
function placed(kernels: Kernels, bytes: number, content: Uint8Array | undefined): number | undefined {
  const at = kernels.reserve(bytes);
  if (content === undefined) return undefined;
  kernels.bytesAt(at, content.length).set(content);
  return at;
}

/** The samples of the one transparent colour, as they lie in a row. Source: PNG (Third Edition), 11.3.1.1. */
function keyOf({ header, transparency }: PngColours): Uint8Array | undefined {
  const { colourType, depth } = header;
  if (transparency === undefined || depth < 8 || (colourType !== 0 && colourType !== 2)) return undefined;
  const samples = transparency.subarray(0, COLOUR_TYPES[colourType].samples * 2);
  return depth === 16 ? samples : samples.filter((_, at) => at % 2 === 1);
}
