/** wasm/kernels/png-encode; every argument that names a place is a byte address. */
export interface PngEncodeKernels {
  packRgb(from: number, to: number, count: number): void;
  packGray(from: number, to: number, count: number): void;
  packGrayAlpha(from: number, to: number, count: number): void;
  /** `to` takes seven numbers of 32 bits. */
  weighFilters(row: number, above: number, bytes: number, pixel: number, to: number): void;
  filterSub(row: number, to: number, bytes: number, pixel: number): void;
  filterUp(row: number, above: number, to: number, bytes: number): void;
  filterAverage(row: number, above: number, to: number, bytes: number, pixel: number): void;
  filterPaeth(row: number, above: number, to: number, bytes: number, pixel: number): void;
  /** `seen` takes 8192 bytes. */
  countPairs(from: number, bytes: number, seen: number): number;
}
