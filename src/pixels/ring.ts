import type { Kernels } from "./kernels.ts";
import { BATCH, FLOAT_PIXEL, type Passes, ringPairs } from "./passes.ts";
import type { Taps } from "./taps.ts";

/** Where the ring lies, and what its rows are weighed with. */
export interface RingBlocks {
  readonly ring: number;
  /** A list of u32: where each pair of rows lies, twice over, so that any run of pairs is a part of it. */
  readonly pairs: number;
  readonly downWeights: number;
  /** A row of float pixels; unused where every pixel is opaque in encoded values. */
  readonly mixed: number;
  /** A float pixel, or undefined to keep transparency. */
  readonly background: number | undefined;
  /** 0 where colours are weighed as they are encoded. */
  readonly levels: number;
  readonly finished: number;
}

/** Holds the rows that have been resampled horizontally for as long as an output row needs them. */
export class Ring {
  readonly #kernels: Kernels;
  readonly #passes: Passes;
  readonly #taps: Taps;
  readonly #blocks: RingBlocks;
  readonly #width: number;
  readonly #pairs: number;
  /** Rows that were written, the row behind the last that may be transparent, and the next output row. */
  #written = 0;
  #opaqueFrom = 0;
  #next = 0;

  constructor(kernels: Kernels, passes: Passes, taps: Taps, blocks: RingBlocks) {
    this.#kernels = kernels;
    this.#passes = passes;
    this.#taps = taps;
    this.#blocks = blocks;
    this.#width = passes.across.axis.outputs;
    this.#pairs = ringPairs(passes.down.reach);
    const addresses = new Uint32Array(2 * this.#pairs).map((_, pair) => this.#pairAt(pair));
    kernels.bytesAt(blocks.pairs, addresses.byteLength).set(new Uint8Array(addresses.buffer));
  }

  /** Where the next two pairs of rows are to be written. */
  get free(): readonly [upper: number, lower: number] {
    const pair = this.#written / 2;
    return [this.#pairAt(pair), this.#pairAt(pair + 1)];
  }

  /** Says that those pairs have been written. */
  advance(transparent: boolean): void {
    this.#written += BATCH;
    if (transparent) this.#opaqueFrom = this.#written;
  }

  /** Yields the output rows that have all the rows they need. */
  *finished(): Generator<Uint8Array> {
    for (; this.#next < this.#taps.lasts.length; this.#next++) {
      if ((this.#taps.lasts[this.#next] ?? 0) >= this.#written) return;
      this.#weigh(this.#next);
      yield this.#kernels.bytesAt(this.#blocks.finished, this.#width * 4);
    }
  }

  #pairAt(pair: number): number {
    return this.#blocks.ring + (pair % this.#pairs) * this.#width * FLOAT_PIXEL;
  }

  #weigh(output: number): void {
    const { run } = this.#kernels;
    const { mixed, background, levels, finished } = this.#blocks;
    const { taps } = this.#passes.down.reach;
    const start = this.#taps.starts[output] ?? 0;
    const rows = this.#blocks.pairs + ((start / 2) % this.#pairs) * 4;
    const weights = this.#blocks.downWeights + output * taps * 2;
    const transparent = start < this.#opaqueFrom;
    if (!transparent && levels === 0) {
      run.weighDownOpaque(rows, weights, taps / 2, finished, this.#width);
      return;
    }
    run.weighDown(rows, weights, taps / 2, mixed, this.#width);
    if (transparent && background !== undefined) run.flattenRow(mixed, this.#width, background);
    if (levels === 0) run.unpremultiplyRow(mixed, finished, this.#width);
    else run.encodeRow(mixed, finished, this.#width, levels);
  }
}
