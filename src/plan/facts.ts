import type { Size } from "./size.ts";

/** What the header of a source picture says. No pixel was decoded for it. */
export interface SourceFacts {
  readonly format: "jpeg" | "png";
  /** Size of the upright picture: EXIF orientation is already taken into account. */
  readonly size: Size;
  /** Whether any pixel may be other than opaque. */
  readonly alpha: boolean;
}
