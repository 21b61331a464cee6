/** wasm/kernels/checksum; a checksum is an i32, which `>>> 0` makes the number that is meant. */
export interface ChecksumKernels {
  /** Of nothing it is 1. */
  adler32(adler: number, from: number, count: number): number;
  /** Of nothing it is 0. */
  crc32(crc: number, from: number, count: number): number;
}
