import { pngEncoding } from "../../src/codec/png-encoder/encoder.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import { lumaOf } from "../../src/pixels/luma.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Effort, Output, PngColour } from "../../src/plan/output.ts";
import { noise, picture } from "./pictures.ts";
import { MODULES } from "./wasm-modules.ts";

export const PNG_COLOURS = ["rgb", "rgba", "gray", "grayAlpha"] as const satisfies readonly PngColour[];
export const EFFORTS = ["fast", "small"] as const satisfies readonly Effort[];

export interface PngAsked {
  readonly colour: PngColour;
  readonly effort?: Effort;
  readonly dpi?: number;
  /** Rows that are pushed at a time; all of them where nothing else is said. */
  readonly strip?: number;
  readonly kernels?: Kernels;
}

export function pngOutput({ colour, effort = "fast", dpi }: Omit<PngAsked, "strip" | "kernels">): Output<"png"> {
  const alpha = colour === "rgba" || colour === "grayAlpha";
  return { encoder: "png", mime: "image/png", alpha, dpi, colour, effort };
}

/** The pieces of a file, from rows that are overwritten as soon as they were taken. */
export function pngPieces({ size, data }: Raster, asked: PngAsked): readonly Uint8Array[] {
  const { strip = size.height, kernels = new Kernels(MODULES.kernels) } = asked;
  const rows = pngEncoding.make(kernels, size, pngOutput(asked));
  const pieces: Uint8Array[] = [];
  const bytes = size.width * 4 * strip;
  for (let at = 0; at < data.length; at += bytes) {
    const lent = data.slice(at, at + bytes);
    pieces.push(...rows.push(lent));
    lent.fill(0x5e);
  }
  pieces.push(...rows.end());
  return pieces;
}

export function pngOf(raster: Raster, asked: PngAsked): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(pngPieces(raster, asked)));
}

/** What a file of these samples says of a picture. */
export function storedAs({ size, data }: Raster, colour: PngColour): Raster {
  const gray = colour === "gray" || colour === "grayAlpha";
  const alpha = colour === "rgba" || colour === "grayAlpha";
  const stored = data.slice();
  for (let at = 0; at < stored.length; at += 4) {
    if (gray) stored.fill(lumaOf(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0), at, at + 3);
    if (!alpha) stored[at + 3] = 255;
  }
  return { size, data: stored };
}

/** Rows of noise, gentle ones and flat ones, so that all filters are chosen; alpha is 0 in places that have a colour. */
export function mixedRows(width: number, height: number): Raster {
  const { data } = noise({ width, height }, width, false);
  return picture({ width, height }, (x, y) => {
    const at = (y * width + x) * 4;
    const [a = 0, b = 0, c = 0, d = 0] = data.subarray(at, at + 4);
    const kinds = [
      [a, b, c, d],
      [x * 3 + (a & 1), x * 2 + y + (b & 1), 90 + (c & 3), 255],
      [y * 5 + (a & 1), y * 7 + (b & 1), x + y, x & 8 ? 0 : 255],
      [20, 200, 90, 255],
      [(x >> 2) * 16, (y >> 1) * 16, 7, 128],
    ] as const;
    const [red, green, blue, alpha] = kinds[(y >> 2) % kinds.length] ?? kinds[0];
    return [red & 255, green & 255, blue & 255, alpha];
  });
}
