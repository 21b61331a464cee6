/** wasm/kernels/sharpen; every argument that names a place is a byte address. */
export interface SharpenKernels {
  sharpenRow: SharpenKernel;
  sharpenOpaqueRow: SharpenKernel;
}

type SharpenKernel = (
  row: number,
  blurred: number,
  count: number,
  amount: number,
  threshold: number,
  mono: number | boolean,
) => void;
