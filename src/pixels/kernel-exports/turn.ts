/** wasm/kernels/turn; every argument that names a place is a byte address. */
export interface TurnKernels {
  turnTile(
    pixels: number,
    stride: number,
    weights: number,
    map: number,
    to: number,
    columns: number,
    rows: number,
  ): void;
}
