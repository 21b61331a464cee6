import type { ColourType, PngHeader } from "./header.ts";

/** What there is of each colour type. Source: PNG (Third Edition), 11.2.1, 11.2.2, 11.3.1.1. */
interface ColourTypeRules {
  readonly depths: readonly number[];
  /** Samples a pixel. */
  readonly samples: 1 | 2 | 3 | 4;
  /** Whether one of them is its alpha. */
  readonly alpha: boolean;
  /** Whether there may be a palette; where it is `advised`, pixels do not refer to it. */
  readonly palette: "needed" | "advised" | "refused";
}

export const COLOUR_TYPES: Readonly<Record<ColourType, ColourTypeRules>> = {
  0: { depths: [1, 2, 4, 8, 16], samples: 1, alpha: false, palette: "refused" },
  2: { depths: [8, 16], samples: 3, alpha: false, palette: "advised" },
  3: { depths: [1, 2, 4, 8], samples: 1, alpha: false, palette: "needed" },
  4: { depths: [8, 16], samples: 2, alpha: true, palette: "refused" },
  6: { depths: [8, 16], samples: 4, alpha: true, palette: "advised" },
};

type Samples = Pick<PngHeader, "colourType" | "depth">;

export function pixelBits({ colourType, depth }: Samples): number {
  return COLOUR_TYPES[colourType].samples * depth;
}

/** Bytes of a row of so many pixels, without its filter type. Source: PNG (Third Edition), 7.2. */
export function rowBytes(samples: Samples, width: number): number {
  return Math.ceil((width * pixelBits(samples)) / 8);
}

/** Bytes from a sample to the same one of the next pixel, at least 1: so far back do filters look. Source: 9.2. */
export function pixelBytes(samples: Samples): number {
  return Math.max(1, pixelBits(samples) / 8);
}
