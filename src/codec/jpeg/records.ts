import type { Kernels } from "../../pixels/kernels.ts";

/** Fields of 32 bits, in their order; the same ones as in wasm/kernels/jpeg/records.ts, which says what they mean. */
export const SCAN_FIELDS = [
  ...["bits", "bitsHigh", "count", "at", "end", "raw", "rawEnd", "lastRaw"],
  ...["buffer", "limit", "written", "need", "halfMarker", "ended", "marker", "starved", "incomplete"],
  ...["interval", "left", "restart", "columns", "lines", "column", "line", "from", "to"],
  ...["first", "last", "shift", "endOfBandRun", "steps", "components", "componentCount"],
] as const;

export const COMPONENT_FIELDS = [
  ...["across", "down", "dc", "ac", "predictor", "wanted", "places", "quantisation", "side", "samples", "stride"],
  ...["coefficients", "lineBlocks", "present", "occupied"],
] as const;

/** A record in the memory of the kernels. */
export class KernelRecord<Field extends string> {
  readonly address: number;
  readonly #kernels: Kernels;
  readonly #fields: ReadonlyMap<Field, number>;

  constructor(kernels: Kernels, address: number, fields: readonly Field[]) {
    this.address = address;
    this.#kernels = kernels;
    this.#fields = new Map(fields.map((field, index) => [field, address / WORD + index]));
  }

  get(field: Field): number {
    return this.#kernels.words[this.#wordOf(field)] ?? 0;
  }

  put(field: Field, value: number): void {
    this.#kernels.words[this.#wordOf(field)] = value;
  }

  set(values: Partial<Readonly<Record<Field, number>>>): void {
    const { words } = this.#kernels;
    for (const [field, value] of Object.entries(values) as [Field, number][]) words[this.#wordOf(field)] = value;
  }

  #wordOf(field: Field): number {
    const word = this.#fields.get(field);
    if (word === undefined) throw new Error(`a record without ${field}`);
    return word;
  }
}

export type ScanField = (typeof SCAN_FIELDS)[number];
export type ComponentField = (typeof COMPONENT_FIELDS)[number];

const WORD = 4;
/** A record begins with its u64, and takes whole ones. */
export const SCAN_BYTES = Math.ceil(SCAN_FIELDS.length / 2) * 2 * WORD;
export const COMPONENT_BYTES = COMPONENT_FIELDS.length * WORD;
