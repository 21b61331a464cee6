import type { Kernels } from "./kernels.ts";

/** Bytes of a field. */
export const WORD = 4;

/** A record of fields of 32 bits in the memory of the kernels, which take its address. */
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
