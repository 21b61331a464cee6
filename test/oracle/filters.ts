import type { Filter } from "../../src/plan/drawing.ts";

/** A filter as its textbook writes it: the weight at a signed distance, and the distance from which on it is 0. */
export interface TextbookFilter {
  readonly support: number;
  weight(x: number): number;
}

/** The filters of `resMode=`, the cubic ones multiplied out for their `a`. */
export const TEXTBOOK: Readonly<Record<Filter, TextbookFilter>> = {
  // The triangle.
  bilin: { support: 1, weight: (x) => (Math.abs(x) < 1 ? 1 - Math.abs(x) : 0) },
  // R. Keys, "Cubic convolution interpolation for digital image processing", 1981, equation 15 (a = −1/2).
  bicub: {
    support: 2,
    weight: (x) =>
      cubic(
        Math.abs(x),
        (d) => 1.5 * d ** 3 - 2.5 * d ** 2 + 1,
        (d) => -0.5 * d ** 3 + 2.5 * d ** 2 - 4 * d + 2,
      ),
  },
  // C. Duchon, "Lanczos filtering in one and two dimensions", 1979: the sinc, windowed by the middle lobe of a sinc.
  sharp2: {
    support: 3,
    weight: (x) => {
      if (x === 0) return 1;
      if (Math.abs(x) >= 3) return 0;
      return (3 * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / 3)) / (Math.PI * x) ** 2;
    },
  },
  // Keys again, equation 8 with a = −3/4.
  bisharp: {
    support: 2,
    weight: (x) =>
      cubic(
        Math.abs(x),
        (d) => 1.25 * d ** 3 - 2.25 * d ** 2 + 1,
        (d) => -0.75 * d ** 3 + 3.75 * d ** 2 - 6 * d + 3,
      ),
  },
};

export const FILTER_NAMES: readonly Filter[] = ["bilin", "bicub", "sharp2", "bisharp"];

function cubic(d: number, near: (d: number) => number, far: (d: number) => number): number {
  if (d < 1) return near(d);
  return d < 2 ? far(d) : 0;
}
