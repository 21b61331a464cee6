import type { Size } from "./size.ts";

/**
 * How a picture lies in its file, as Exif counts it: 1 upright, 2 mirrored, 3 upside down, 4 both, 5 to 8 the same on
 * their side. Source: Exif 2.32, 4.6.4 (tag 274).
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** What the header of a source picture says. No pixel was decoded for it. */
export interface SourceFacts {
  readonly format: "jpeg" | "png";
  /** Size of the upright picture. */
  readonly size: Size;
  /** How the picture lies in the file. */
  readonly orientation: Orientation;
  /** Whether any pixel may be other than opaque. */
  readonly alpha: boolean;
}
