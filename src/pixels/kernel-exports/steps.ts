/** wasm/kernels/steps; every argument that names a place is a byte address. */
export interface StepKernels {
  fadeRow(pixels: number, count: number, opacity: number): void;
  fillRow(pixels: number, count: number, colour: number): void;
}
