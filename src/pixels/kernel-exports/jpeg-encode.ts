/**
 * wasm/kernels/jpeg-encode, from rows of pixels to the bytes of a scan; `component`, `scan`, `sink` and `tokens` are the
 * addresses of records (src/codec/jpeg-encoder/records.ts), and every other argument that names a place is a byte address.
 */
export interface JpegEncodeKernels {
  lumaRow(from: number, luma: number, count: number): void;
  fullChromaRow(from: number, luma: number, blue: number, red: number, count: number): void;
  halfChromaRow(from: number, luma: number, blue: number, red: number, count: number): void;
  averageSums(above: number, below: number, to: number, count: number): void;
  forward8(from: number, stride: number, to: number): void;
  quantise(from: number, factors: number, to: number, present: number): void;
  transformUnits(component: number, column: number, units: number): void;
  /** What is missing, as src/codec/jpeg-encoder/records.ts has it. */
  codeSequentialRow(scan: number): number;
  endPage(tokens: number): void;
  countTokens(first: number, second: number, sizes: number, counts: number): void;
  writeTokens(sink: number, page: number, codes: number): void;
  finishBits(sink: number): void;
  tokenDcRow(scan: number): number;
  tokenAcRow(scan: number): number;
  finishBands(scan: number): void;
  weighBlockAt(block: number, raw: number, present: number, table: number): void;
  stuffBytes(from: number, bytes: number, to: number): number;
}
