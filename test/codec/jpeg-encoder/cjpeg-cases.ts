import { createHash } from "node:crypto";
import type { Size } from "../../../src/plan/size.ts";
import { ENCODER_PICTURES, type EncoderPicture } from "../../support/encoder-pictures.ts";

/** What is encoded by cjpeg, whose hashes are kept, and by our own encoder. */

export const QUALITIES = [1, 10, 30, 50, 75, 80, 95, 100];
export const SAMPLINGS = ["gray", "4:2:0", "4:4:4"] as const;
export const MODES = ["standard", "optimised", "progressive"] as const;

const SIDES = "1x1 7x9 8x8 15x17 16x16 17x33 1x40 40x1 64x48 200x133 333x77 1999x37";

export const SIZES: readonly Size[] = SIDES.split(" ").map((sides) => {
  const [width = 0, height = 0] = sides.split("x").map(Number);
  return { width, height };
});

export interface CjpegCase {
  readonly picture: EncoderPicture;
  readonly size: Size;
  readonly sampling: (typeof SAMPLINGS)[number];
  readonly mode: (typeof MODES)[number];
}

export const CASES: readonly CjpegCase[] = (Object.keys(ENCODER_PICTURES) as EncoderPicture[]).flatMap((picture) =>
  SIZES.flatMap((size) => SAMPLINGS.flatMap((sampling) => MODES.map((mode) => ({ picture, size, sampling, mode })))),
);

export function nameOf({ picture, size, sampling, mode }: CjpegCase): string {
  return `${picture} ${size.width}x${size.height} ${sampling} ${mode}`;
}

export function hashOf(file: Uint8Array): string {
  return createHash("sha256").update(file).digest("hex").slice(0, 16);
}

/** By the name of a case, one hash a quality. */
export interface CjpegHashes {
  readonly made: string;
  readonly files: Readonly<Record<string, readonly string[]>>;
}
