/** Side of the windows that are compared, and how far one is from the next. */
const WINDOW = 8;
const STEP = 4;
/** What keeps a window without any contrast from dividing by nothing, for samples of 0..255. */
const [STABLE_MEAN, STABLE_VARIANCE] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];

/** Samples of one kind, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly samples: Float32Array;
}

/** Luma of RGB8 or RGBA8 rows, not rounded. Source: ITU-T T.871, clause 7. */
export function lumaPlane(width: number, height: number, pixels: Uint8Array): Plane {
  const channels = pixels.length / (width * height);
  const samples = Float32Array.from({ length: width * height }, (_, at) => {
    const [r = 0, g = 0, b = 0] = pixels.subarray(at * channels, at * channels + 3);
    return 0.299 * r + 0.587 * g + 0.114 * b;
  });
  return { width, height, samples };
}

/** Peak signal to noise, in decibels. */
export function psnr(got: Plane, want: Plane): number {
  let sum = 0;
  for (const [at, sample] of want.samples.entries()) sum += (sample - (got.samples[at] ?? 0)) ** 2;
  return 10 * Math.log10((255 ** 2 * want.samples.length) / sum);
}

/**
 * The mean of the structural similarity of windows of 8 × 8, every fourth pixel both ways, unweighted; 1 is the same.
 *
 * Source: Wang, Bovik, Sheikh, Simoncelli: Image Quality Assessment, 2004, equation 13.
 */
export function ssim(got: Plane, want: Plane): number {
  let sum = 0;
  let windows = 0;
  for (let y = 0; y + WINDOW <= want.height; y += STEP) {
    for (let x = 0; x + WINDOW <= want.width; x += STEP, windows++) sum += ofWindow(got, want, x, y);
  }
  return sum / windows;
}

function ofWindow(got: Plane, want: Plane, left: number, top: number): number {
  let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let y = top; y < top + WINDOW; y++) {
    for (let at = y * want.width + left, end = at + WINDOW; at < end; at++) {
      const [one, other] = [got.samples[at] ?? 0, want.samples[at] ?? 0];
      a += one;
      b += other;
      aa += one * one;
      bb += other * other;
      ab += one * other;
    }
  }
  const count = WINDOW * WINDOW;
  const [meanA, meanB] = [a / count, b / count];
  const varianceA = aa / count - meanA * meanA;
  const varianceB = bb / count - meanB * meanB;
  const covariance = ab / count - meanA * meanB;
  const means = (2 * meanA * meanB + STABLE_MEAN) / (meanA * meanA + meanB * meanB + STABLE_MEAN);
  return (means * (2 * covariance + STABLE_VARIANCE)) / (varianceA + varianceB + STABLE_VARIANCE);
}
