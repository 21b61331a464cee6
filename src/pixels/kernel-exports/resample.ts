/** wasm/kernels/resample; every argument that names a place is a byte address. */
export interface ResampleKernels {
  premultiplyRow(from: number, to: number, count: number): void;
  convolveRow(from: number, to: number, starts: number, weights: number, taps: number, count: number): void;
  accumulateRow(sum: number, row: number, weight: number, count: number): void;
  unpremultiplyRow(from: number, to: number, count: number): void;
  flattenRow(from: number, to: number, count: number, colour: number): void;
}
