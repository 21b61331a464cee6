/** wasm/kernels/resample; every argument that names a place is a byte address. */
export interface ResampleKernels {
  /** 1 or 0 */
  areOpaque(from: number, stride: number, rows: number, columns: number): number;
  makeOpaque(row: number, count: number): void;
  invertAlpha(row: number, count: number): void;
  boxRows(
    from: number,
    stride: number,
    rows: number,
    columns: number,
    box: number,
    to: number,
    begun: number | boolean,
  ): void;
  blendRow(from: number, columns: number, box: number, to: number, begun: number | boolean): void;
  blendLightRow(from: number, columns: number, box: number, curve: number, to: number, begun: number | boolean): void;
  addPixels(from: number, count: number, each: number, weight: number, to: number, step: number): void;
  addBlended(from: number, count: number, each: number, weight: number, to: number, step: number): void;
  narrowCells(from: number, to: number, pairs: number, scale: number): void;
  narrowSums(from: number, to: number, pairs: number, scale: number): void;
  widenCells(from: number, to: number, pairs: number): void;
  pairCells(from: number, to: number, pairs: number): void;
  /** 1 or 0 */
  haveAlpha(from: number, count: number, alpha: number): number;
  weighAcross(
    cells: number,
    upper: number,
    lower: number,
    starts: number,
    weights: number,
    taps: number,
    count: number,
    shift: number,
  ): void;
  weighDownOpaque(rows: number, weights: number, pairs: number, to: number, count: number): void;
  weighDown(rows: number, weights: number, pairs: number, to: number, count: number): void;
  unpremultiplyRow(from: number, to: number, count: number): void;
  encodeRow(from: number, to: number, count: number, table: number): void;
}
