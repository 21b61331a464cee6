import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import type { PngColour } from "../../plan/output.ts";
import type { ColourType, PngHeader } from "../png/header.ts";

/** How a picture's samples are stored. Source: PNG (Third Edition), 11.2.1. */
const COLOUR_TYPE_OF: Readonly<Record<PngColour, ColourType>> = { gray: 0, rgb: 2, grayAlpha: 4, rgba: 6 };

export function headerFor(size: PngHeader["size"], colour: PngColour): PngHeader {
  return { size, depth: 8, colourType: COLOUR_TYPE_OF[colour], interlaced: false };
}

/** Bytes behind a row of pixels that kernels read. */
const BEHIND_PIXELS = 16;

/** Bytes of the arena that `Samples` reserve for rows of so many pixels. */
export function samplesBytes(width: number, colour: PngColour): number {
  return colour === "rgba" ? 0 : blockBytes(width * 4 + BEHIND_PIXELS);
}

/** Makes the samples of a row of RGBA8 pixels: as they are, or without alpha, or of their luma. */
export class Samples {
  readonly #kernels: Kernels;
  readonly #colour: PngColour;
  /** Where a row lies whose samples are others than its pixels. */
  readonly #pixels: number | undefined;

  constructor(kernels: Kernels, width: number, colour: PngColour) {
    this.#kernels = kernels;
    this.#colour = colour;
    this.#pixels = colour === "rgba" ? undefined : kernels.reserve(width * 4 + BEHIND_PIXELS);
  }

  /** @param to address of room for the samples; up to 13 bytes behind them are written */
  putInto(to: number, row: Uint8Array): void {
    const { run } = this.#kernels;
    const from = this.#pixels ?? to;
    this.#kernels.bytesAt(from, row.length).set(row);
    const count = row.length / 4;
    if (this.#colour === "rgb") run.packRgb(from, to, count);
    else if (this.#colour === "gray") run.packGray(from, to, count);
    else if (this.#colour === "grayAlpha") run.packGrayAlpha(from, to, count);
  }
}
