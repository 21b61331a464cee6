import { expect } from "vitest";
import { Kernels } from "../../src/pixels/kernels.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Rect } from "../../src/plan/size.ts";
import { type OracleJpeg, oracleJpeg } from "../oracle/jpeg.ts";
import { decodeJpeg, type JpegAsked, type JpegDecoded } from "./jpeg-decoding.ts";
import { expectNearPicture } from "./near.ts";
import { MODULES } from "./wasm-modules.ts";

export const SHRINKS = [1, 2, 4, 8] as const;

/** Levels by which a sample of the decoder may differ from one of the oracle: in gray, and in colour. */
const [GRAY, COLOUR] = [1, 2];

/** Pixels that may share a sample of chroma, where its plane is stretched by 4 × 4. */
const SHARING = 16;

/**
 * Holds that the decoder's picture is the oracle's, as far as integers can be as exact as float64.
 *
 * An inverse DCT of integers rounds some samples of a component to the other side, by 1. Where that happens at one pixel to
 * luma and to chroma, and in the same direction, blue is off by 1 + 1.772, which may round to 3: about one sample in 20,000
 * of libjpeg's is, too. More of them than one in 2000, or than share one sample, or anything beyond, is an error.
 */
export function expectNearOracle(got: Raster, { raster, frame }: OracleJpeg): void {
  const isGray = frame.components.length === 1;
  expectNearPicture(got, raster, isGray ? GRAY : COLOUR + 1);
  const off = got.data.filter((sample, at) => Math.abs(sample - (raster.data[at] ?? 0)) > COLOUR).length;
  expect(off, `samples that are off by ${COLOUR + 1}`).toBeLessThanOrEqual(Math.max(SHARING, got.data.length / 2000));
}

/** Decodes with kernels of its own. */
export function decodeAlone(file: Uint8Array, asked: JpegAsked = {}): Promise<JpegDecoded> {
  return decodeJpeg(new Kernels(MODULES.kernels), file, asked);
}

/** Holds that decoder and oracle see the same picture, at these scales. */
export async function expectAsOracle(
  file: Uint8Array,
  asked: Omit<JpegAsked, "shrink" | "wanted"> = {},
  shrinks: readonly (typeof SHRINKS)[number][] = SHRINKS,
): Promise<void> {
  const kernels = new Kernels(MODULES.kernels);
  for (const shrink of shrinks) {
    const want = oracleJpeg(file, shrink);
    const { raster, warnings } = await decodeJpeg(kernels, file, { ...asked, shrink });
    kernels.clear();
    expectNearOracle(raster, want);
    if (want.warnings.length === 0) expect(warnings).toEqual([]);
  }
}

/** The pixels of a part of a picture. */
export function cropped({ size, data }: Raster, { x, y, width, height }: Rect): Raster {
  const part = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * size.width + x) * 4;
    part.set(data.subarray(from, from + width * 4), row * width * 4);
  }
  return { size: { width, height }, data: part };
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
