import type { JpegScanKernels } from "../../pixels/kernel-exports/jpeg-scans.ts";
import { KernelRecord } from "../../pixels/kernel-record.ts";
import type { Kernels } from "../../pixels/kernels.ts";
import type { ByteSupply } from "./byte-supply.ts";
import {
  COMPONENT_BYTES,
  COMPONENT_FIELDS,
  type ComponentField,
  SCAN_BYTES,
  SCAN_FIELDS,
  type ScanField,
} from "./records.ts";
import type { Progress } from "./row-source.ts";

/** The kernels that decode a row of MCUs. */
export type RowKernel = Extract<keyof JpegScanKernels, `${string}Row`> & Exclude<keyof JpegScanKernels, "transformRow">;

/** How a scan is decoded: what does not change from row to row. */
export interface ScanPlan {
  readonly kernel: RowKernel;
  /** Records of its components. */
  readonly components: readonly Readonly<Record<ComponentField, number>>[];
  /** Units a line. */
  readonly columns: number;
  readonly interval: number;
  readonly first: number;
  readonly last: number;
  readonly shift: number;
  /** Bytes that are kept ahead of the decoder. */
  readonly ahead: number;
}

/** Which lines of units make the row of MCUs that is next, and which columns of them are wanted. */
export interface RowPlan {
  readonly lines: number;
  readonly from: number;
  readonly to: number;
}

/** What a row kernel answers when it is through, as in wasm/kernels/jpeg/records.ts; else it needs bytes. */
const ROW_DONE = 0;

/** Bytes of a block at most: 64 codes of 16 bits with values of 15; and what is loaded ahead. */
const MOST_BLOCK_BYTES = 256;
const LOADED_AHEAD = 16;

/** Bytes of kernel memory that a scan takes, but for its tables. */
export function scanBytes(components: number, blocks: number, ahead: number): number {
  return SCAN_BYTES + components * COMPONENT_BYTES + ahead + 2 * needOf(blocks) + 4 * 16;
}

function needOf(blocks: number): number {
  return blocks * MOST_BLOCK_BYTES + LOADED_AHEAD;
}

/** A row has no more by far, and damage may have: bytes that are passed in search of a marker. */
const BYTES_AT_A_TIME = 1_000_000;

/** Decodes the entropy-coded data of one scan, row of MCUs by row of MCUs. */
export class ScanDecoder {
  readonly #kernels: Kernels;
  readonly #kernel: RowKernel;
  readonly #scan: KernelRecord<ScanField>;
  readonly #supply: ByteSupply;

  constructor(kernels: Kernels, plan: ScanPlan, supply: ByteSupply) {
    const { components, columns, interval, first, last, shift, ahead } = plan;
    this.#kernels = kernels;
    this.#kernel = plan.kernel;
    this.#supply = supply;

    const need = needOf(components.reduce((sum, { across, down }) => sum + across * down, 0));
    const records = kernels.reserve(components.length * COMPONENT_BYTES);
    for (const [index, values] of components.entries()) {
      new KernelRecord(kernels, records + index * COMPONENT_BYTES, COMPONENT_FIELDS).set(values);
    }
    const buffer = kernels.reserve(ahead + need + need);
    const limit = buffer + ahead + need;
    this.#scan = new KernelRecord(kernels, kernels.reserve(SCAN_BYTES), SCAN_FIELDS);
    this.#scan.set({
      ...{ at: buffer, end: buffer, written: buffer, buffer, limit, need },
      ...{ interval, left: interval, columns, first, last, shift },
      ...{ components: records, componentCount: components.length },
    });
  }

  /** Whether data was missing or damaged so far, of which a picture is made nevertheless. */
  get incomplete(): boolean {
    return this.#scan.get("incomplete") !== 0;
  }

  /** Units, and runs of missing or empty ones, that were gone through so far. */
  get steps(): number {
    return this.#scan.get("steps");
  }

  /** The next row of MCUs is this one. */
  beginRow({ lines, from, to }: RowPlan): void {
    this.#scan.put("line", 0);
    this.#scan.put("column", 0);
    this.#scan.put("lines", lines);
    this.#scan.put("from", from);
    this.#scan.put("to", to);
  }

  /** Decodes as much of the row as there are bytes for, and as may be done at a time. */
  decodeRow(): Progress {
    const decode = this.#kernels.run[this.#kernel];
    const stop = this.#supply.total + BYTES_AT_A_TIME;
    while (this.#supply.total < stop) {
      const handful = this.#supply.next();
      const { address = 0, length = 0, isLast = false } = handful ?? {};
      this.#scan.put("raw", address);
      this.#scan.put("rawEnd", address + length);
      this.#scan.put("lastRaw", Number(isLast));
      const isDone = decode(this.#scan.address) === ROW_DONE;
      this.#supply.used(this.#scan.get("raw") - address);
      if (isDone) return "done";
      if (handful === undefined) return "waiting";
    }
    return "working";
  }
}
