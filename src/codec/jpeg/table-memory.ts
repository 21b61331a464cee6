import type { Kernels } from "../../pixels/kernels.ts";
import { broken } from "./broken.ts";
import { type CodesKind, codeTable, codeTableBytes } from "./huffman.ts";
import type { ScanPart } from "./scan-header.ts";
import { STANDARD_AC, STANDARD_DC } from "./standard-codes.ts";
import type { Codes, Quantisation, Tables } from "./tables.ts";
import { placesWithin } from "./zigzag.ts";

/** Puts tables where the kernels read them; each one once. */
export class TableMemory {
  readonly #kernels: Kernels;
  readonly #places = new Map<object | string, number>();

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  codes(codes: Codes, kind: CodesKind): number {
    return this.#once(codes, () => codeTable(codes, kind));
  }

  quantisation(factors: Quantisation): number {
    return this.#once(factors, () => factors);
  }

  places(side: number): number {
    return this.#once(`places within ${side}`, () => placesWithin(side));
  }

  #once(key: object | string, make: () => ArrayBufferView): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const address = this.#kernels.place(make());
    this.#places.set(key, address);
    return address;
  }
}

/** Bytes of the tables of a scan, at most. */
export function tablesBytes(components: number): number {
  return components * (codeTableBytes("dc") + codeTableBytes("ac") + 128 + 192 + 4 * 16);
}

/** The codes of a component of a scan; those of the standard where the file brings none. */
export function codesOf(
  { dc, ac }: Tables,
  part: ScanPart,
): { readonly dc: Codes | undefined; readonly ac: Codes | undefined } {
  return { dc: dc[part.dc] ?? STANDARD_DC[part.dc], ac: ac[part.ac] ?? STANDARD_AC[part.ac] };
}

/** @throws Fault where a table is wanted that there is not */
export function wantedTable<Table>(table: Table | undefined, name: string): Table {
  if (table === undefined) throw broken(`no ${name}`);
  return table;
}
