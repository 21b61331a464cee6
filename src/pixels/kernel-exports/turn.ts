/** wasm/kernels/turn; every argument that names a place is a byte address. */
export interface TurnKernels {
  premultiplyRow(from: number, count: number, to: number): void;
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
