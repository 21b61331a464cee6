/**
 * wasm/kernels/jpeg, from compressed bytes to coefficients and samples; `scan` and `component` are the addresses of
 * records (src/codec/jpeg/records.ts).
 */
export interface JpegScanKernels {
  decodeSequentialRow(scan: number): number;
  decodeBlocksRow(scan: number): number;
  decodeDcRow(scan: number): number;
  refineDcRow(scan: number): number;
  decodeAcRow(scan: number): number;
  refineAcRow(scan: number): number;
  transformRow(component: number, from: number, to: number): void;
}
