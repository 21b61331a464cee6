import type { Output } from "../src/plan/output.ts";
import { QUALITY } from "./job.ts";
import type { Sharp } from "./peers/sharp.ts";

/** Pictures that are encoded, by the width to which the 12 MP photograph is scaled. */
export const PICTURES = { "800 × 600": 800, "12 MP": 4032 } as const;
export type PictureName = keyof typeof PICTURES;

/** One picture encoded by us, and by sharp in the way that is nearest to it. */
export interface EncodeCase {
  readonly name: string;
  readonly picture: PictureName;
  readonly output: Output;
  /** How sharp is asked, as the tables say it. */
  readonly against: string;
  readonly sharp: (picture: Sharp) => Sharp;
  /** Of sharp's time, at most; no bar where absent. */
  readonly mostTime?: number;
  /** Of the length of sharp's file, at most; no bar where absent. */
  readonly mostBytes?: number;
}

const JPEG = {
  ...{ encoder: "jpeg", mime: "image/jpeg", alpha: false, dpi: undefined, quality: QUALITY, fullChroma: false },
  ...{ gray: false, scans: "sequential", huffman: "optimised", effort: "fast", mostBytes: undefined },
} as const satisfies Output<"jpeg">;
const PNG = {
  ...{ encoder: "png", mime: "image/png", alpha: false, dpi: undefined, colour: "rgb", effort: "fast" },
} as const satisfies Output<"png">;
const SQUOOSH_PNG = {
  ...{ encoder: "squooshPng", mime: "image/png", alpha: false, dpi: undefined, gray: false, oxipngLevel: 0 },
} as const satisfies Output<"squooshPng">;
const LEVEL_6 = { compressionLevel: 6, progressive: false } as const;

export const ENCODE_CASES: readonly EncodeCase[] = [
  {
    name: "JPEG, codes of its own",
    picture: "800 × 600",
    output: JPEG,
    against: "default",
    sharp: (picture) => picture.jpeg({ quality: QUALITY }),
    mostTime: 0.6,
  },
  {
    name: "JPEG, standard codes",
    picture: "12 MP",
    output: { ...JPEG, huffman: "standard" },
    against: "`optimiseCoding: false`",
    sharp: (picture) => picture.jpeg({ quality: QUALITY, optimiseCoding: false }),
    mostTime: 1.2,
  },
  {
    name: "PNG, fast",
    picture: "800 × 600",
    output: PNG,
    against: "`compressionLevel: 6`",
    sharp: (picture) => picture.png({ ...LEVEL_6, adaptiveFiltering: false }),
    mostTime: 1.5,
    mostBytes: 1.05,
  },
  {
    name: "PNG, fast",
    picture: "800 × 600",
    output: PNG,
    against: "`compressionLevel: 6, adaptiveFiltering: true`",
    sharp: (picture) => picture.png({ ...LEVEL_6, adaptiveFiltering: true }),
  },
  {
    name: "PNG, small",
    picture: "800 × 600",
    output: { ...PNG, effort: "small" },
    against: "`compressionLevel: 6, adaptiveFiltering: true`",
    sharp: (picture) => picture.png({ ...LEVEL_6, adaptiveFiltering: true }),
  },
  // What saves use in the place of `small` where pictures are not large: told beside it, to show what a save spends.
  ...[0, 2].map(
    (oxipngLevel): EncodeCase => ({
      name: oxipngLevel === 0 ? "PNG, @jsquash/png" : `PNG, @jsquash/png and oxipng at level ${oxipngLevel}`,
      picture: "800 × 600",
      output: { ...SQUOOSH_PNG, oxipngLevel },
      against: "`compressionLevel: 6, adaptiveFiltering: true`",
      sharp: (picture) => picture.png({ ...LEVEL_6, adaptiveFiltering: true }),
    }),
  ),
  {
    name: "JPEG, standard codes",
    picture: "800 × 600",
    output: { ...JPEG, huffman: "standard" },
    against: "`optimiseCoding: false`",
    sharp: (picture) => picture.jpeg({ quality: QUALITY, optimiseCoding: false }),
  },
  {
    name: "JPEG, codes of its own",
    picture: "12 MP",
    output: JPEG,
    against: "default",
    sharp: (picture) => picture.jpeg({ quality: QUALITY }),
  },
  {
    name: "JPEG, progressive",
    picture: "800 × 600",
    output: { ...JPEG, scans: "progressive" },
    against: "`progressive: true`",
    sharp: (picture) => picture.jpeg({ quality: QUALITY, progressive: true }),
  },
  {
    name: "JPEG, small",
    picture: "800 × 600",
    output: { ...JPEG, scans: "small", effort: "small" },
    against: "`mozjpeg: true`",
    sharp: (picture) => picture.jpeg({ quality: QUALITY, mozjpeg: true }),
  },
];
