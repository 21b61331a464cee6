import { KernelRecord, WORD } from "../../pixels/kernel-record.ts";
import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import type { Quantisation } from "../jpeg/tables.ts";
import { type Frame, slotCount } from "./frame.ts";
import { reciprocalsOf } from "./quantisation.ts";
import { COMPONENT_BYTES, COMPONENT_FIELDS, type ComponentField } from "./records.ts";
import type { SampleRows } from "./sample-rows.ts";

/** Bytes of 64 coefficients of sixteen bits, and of the bits that say which are not zero. */
const BLOCK_BYTES = 128;
const PRESENT_BYTES = 8;

/** Bytes of the arena that the records of components take, with coefficients of so many MCUs. */
export function componentsBytes(frame: Frame, units: number): number {
  const { components } = frame;
  const blocks = components.map(({ across, down }) => units * across * down);
  const coefficients = blocks.reduce(
    (sum, count) => sum + blockBytes(count * BLOCK_BYTES) + blockBytes(count * PRESENT_BYTES),
    0,
  );
  return blockBytes(components.length * COMPONENT_BYTES) + slotCount(frame) * blockBytes(64 * WORD) + coefficients;
}

/** The components of a picture in the memory of the kernels. */
export class Components {
  /** Of the first record; the others lie behind it. */
  readonly address: number;
  readonly records: readonly KernelRecord<ComponentField>[];
  readonly #frame: Frame;

  /** @param units MCUs whose coefficients there is room for */
  constructor(
    kernels: Kernels,
    frame: Frame,
    quantisation: readonly Quantisation[],
    samples: SampleRows,
    units: number,
  ) {
    this.#frame = frame;
    this.address = kernels.reserve(frame.components.length * COMPONENT_BYTES);
    const reciprocals = quantisation.map((table) => kernels.place(reciprocalsOf(table)));
    this.records = frame.components.map(({ across, down, slot, blocks }, index) => {
      const record = new KernelRecord(kernels, this.address + index * COMPONENT_BYTES, COMPONENT_FIELDS);
      const plane = samples.planes[index];
      const count = units * across * down;
      record.set({
        ...{ across, down, samples: plane?.address ?? 0, stride: plane?.stride ?? 0 },
        ...{ reciprocals: reciprocals[slot] ?? 0, blocksAcross: blocks.width, lineBlocks: units * across },
        coefficients: kernels.reserve(count * BLOCK_BYTES),
        present: kernels.reserve(count * PRESENT_BYTES),
        tokenClass: slot * 256,
      });
      return record;
    });
  }

  /** Says which row of MCUs is next: in the last one there may be fewer lines of blocks. */
  beginRow(row: number): void {
    for (const [index, { down, blocks }] of this.#frame.components.entries()) {
      this.records[index]?.put("blocksDown", Math.min(blocks.height - row * down, down));
    }
  }
}
