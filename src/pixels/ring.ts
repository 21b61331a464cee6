import type { Kernels } from "./kernels.ts";
import { BATCH, FLOAT_PIXEL, type Passes, ringPairs } from "./passes.ts";
import type { FloatStrip } from "./strip.ts";
import type { Taps } from "./taps.ts";

/** Where the ring lies, and what its rows are weighed with. */
export interface RingBlocks {
  readonly ring: number;
  /** A list of u32: where each pair of rows lies, twice over, so that any run of pairs is a part of it. */
  readonly pairs: number;
  readonly downWeights: number;
  /** A row of float pixels; unused where every pixel is opaque in encoded values, and comes out as a byte. */
  readonly mixed: number;
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

  /** Yields the output rows that have all the rows they need, as RGBA8. */
  *finished(): Generator<Uint8Array> {
    for (; this.#isReady; this.#next++) {
      this.#finish(this.#next);
      yield this.#kernels.bytesAt(this.#blocks.finished, this.#width * 4);
    }
  }

  /** The same, as floats that are neither rounded nor clamped. */
  *mixed(): Generator<FloatStrip> {
    const { mixed: address } = this.#blocks;
    for (; this.#isReady; this.#next++) {
      const opaque = !this.#isTransparent(this.#next);
      this.#mix(this.#next);
      yield { x: 0, y: this.#next, width: this.#width, rows: 1, address, stride: 0, opaque };
    }
  }

  get #isReady(): boolean {
    const last = this.#taps.lasts[this.#next];
    return last !== undefined && last < this.#written;
  }

  #pairAt(pair: number): number {
    return this.#blocks.ring + (pair % this.#pairs) * this.#width * FLOAT_PIXEL;
  }

  #isTransparent(output: number): boolean {
    return (this.#taps.starts[output] ?? 0) < this.#opaqueFrom;
  }

  #finish(output: number): void {
    const { run } = this.#kernels;
    const { mixed, levels, finished } = this.#blocks;
    if (!this.#isTransparent(output) && levels === 0) {
      run.weighDownOpaque(this.#rowsOf(output), this.#weightsOf(output), this.#weightPairs, finished, this.#width);
      return;
    }
    this.#mix(output);
    if (levels === 0) run.unpremultiplyRow(mixed, finished, this.#width);
    else run.encodeRow(mixed, finished, this.#width, levels);
  }

  #mix(output: number): void {
    const { run } = this.#kernels;
    run.weighDown(this.#rowsOf(output), this.#weightsOf(output), this.#weightPairs, this.#blocks.mixed, this.#width);
  }

  /** Where the list of the pairs of rows begins that an output is made of. */
  #rowsOf(output: number): number {
    return this.#blocks.pairs + (((this.#taps.starts[output] ?? 0) / 2) % this.#pairs) * 4;
  }

  #weightsOf(output: number): number {
    return this.#blocks.downWeights + output * this.#passes.down.reach.taps * 2;
  }

  get #weightPairs(): number {
    return this.#passes.down.reach.taps / 2;
  }
}
