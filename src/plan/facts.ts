import type { Orientation } from "./orientation.ts";
import type { Size } from "./size.ts";

/** What the header of a source picture says. No pixel was decoded for it. */
export interface SourceFacts {
  readonly format: "jpeg" | "png" | "webp";
  /** Size of the upright picture. */
  readonly size: Size;
  /** How the picture lies in the file. */
  readonly orientation: Orientation;
  /** Whether any pixel may be other than opaque. */
  readonly alpha: boolean;
  /** The resolution that the file is tagged with, across, in dots per inch; absent where it has none. */
  readonly resolution?: number;
  /** What the memory depends on that decoding a JPEG takes. */
  readonly jpeg?: JpegFacts;
  /** The same of a PNG. */
  readonly png?: PngFacts;
}

interface JpegFacts {
  /** Whether all of the compressed file must be there before the first row: it has several scans. */
  readonly wholeFile: boolean;
  /** Sampling factors of each component. */
  readonly sampling: readonly { readonly across: number; readonly down: number }[];
}

/** What its header says beside its size. Source: PNG (Third Edition), 11.2.1. */
interface PngFacts {
  readonly colourType: 0 | 2 | 3 | 4 | 6;
  /** Bits a sample. */
  readonly depth: 1 | 2 | 4 | 8 | 16;
  readonly interlaced: boolean;
}
