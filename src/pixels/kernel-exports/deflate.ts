/** wasm/kernels/deflate; `stream` is the address of a record (src/codec/png-encoder/deflation-record.ts). */
export interface DeflateKernels {
  deflateBlock(stream: number): void;
}
