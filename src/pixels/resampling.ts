import type { Rect, Size } from "../plan/size.ts";
import type { AxisFilters, FilterShape } from "./filters.ts";

/** How a picture becomes one of another size. */
export interface Resampling {
  /** Size of the decoded picture, in its pixels; may end within a pixel. */
  readonly source: Size;
  /** The part of it that becomes `size`, with fractions. */
  readonly window: Rect;
  readonly size: Size;
  /** One for both axes, or one for each. */
  readonly filter: FilterShape | AxisFilters;
  /** Whether pixels may be other than opaque. */
  readonly alpha: boolean;
  /** Quality mode: the filter sees every pixel, unless more than 2 MB of rows would have to be held for that. */
  readonly exact: boolean;
  /** Weighs in linear light instead of in encoded values. */
  readonly linear: boolean;
}
