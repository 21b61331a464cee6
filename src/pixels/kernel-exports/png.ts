/** wasm/kernels/png; every argument that names a place is a byte address. */
export interface PngKernels {
  copyRow(from: number, to: number, bytes: number): void;
  unfilterSub(from: number, to: number, bytes: number, pixel: number): void;
  unfilterUp(from: number, above: number, to: number, bytes: number): void;
  unfilterAverage(from: number, above: number, to: number, bytes: number, pixel: number): void;
  unfilterPaeth(from: number, above: number, to: number, bytes: number, pixel: number): void;
  unfilterAveragePair(...rows: PairOfRows): void;
  unfilterPaethPair(...rows: PairOfRows): void;
  unfilterPaethPairWide(...rows: PairOfRows): void;
  narrowSamples(from: number, to: number, count: number): void;
  expandRgb(from: number, to: number, count: number): void;
  expandGrayAlpha(from: number, to: number, count: number): void;
  lookUpBytes(from: number, table: number, to: number, count: number): void;
  lookUpBits(from: number, skip: number, table: number, to: number, count: number, depth: number): void;
  applyKey(from: number, key: number, to: number, count: number, pixel: number): void;
}

type PairOfRows = [from: number, next: number, above: number, to: number, below: number, bytes: number, pixel: number];
