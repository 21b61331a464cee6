/** wasm/kernels/jpeg/samples.ts; every argument that names a place is a byte address. */
export interface JpegSampleKernels {
  inverse8(block: number, quantisation: number, to: number, stride: number): void;
  inverse8low(block: number, quantisation: number, to: number, stride: number): void;
  inverse4(block: number, quantisation: number, to: number, stride: number): void;
  inverse2(block: number, quantisation: number, to: number, stride: number): void;
  inverse1(block: number, quantisation: number, to: number): void;
  inverseFlat(block: number, quantisation: number, to: number, stride: number, side: number): void;
  doubleAcross(from: number, to: number, count: number): void;
  doubleDown(near: number, far: number, to: number, count: number, bias: number): void;
  doubleBoth(near: number, far: number, to: number, scratch: number, count: number): void;
  repeatAcross(from: number, to: number, count: number, per: number, every: number): void;
  grayRow(y: number, to: number, count: number): void;
  rgbRow(red: number, green: number, blue: number, to: number, count: number): void;
  yccRow(y: number, cb: number, cr: number, to: number, count: number): void;
  cmykRow(c: number, m: number, y: number, k: number, to: number, count: number, complement: number): void;
  ycckRow(y: number, cb: number, cr: number, k: number, to: number, count: number): void;
}
