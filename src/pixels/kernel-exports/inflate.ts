/** wasm/kernels/inflate; `stream` is the address of a record (src/codec/png/inflation-record.ts). */
export interface InflateKernels {
  /** A status or a fault, as src/codec/png/inflation-record.ts has them. */
  inflate(stream: number): number;
}
