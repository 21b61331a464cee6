import { KernelRecord } from "../../pixels/kernel-record.ts";
import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import type { Effort } from "../../plan/output.ts";
import {
  BEYOND_BLOCK,
  BEYOND_INPUT,
  BEYOND_OUTPUT,
  BEYOND_SEQUENCES,
  CHAIN_BYTES,
  DEFLATION_FIELDS,
  DEFLATION_RECORD_BYTES,
  type DeflationField,
  HEAD_BYTES,
  KEPT_AHEAD,
  PRICE_BYTES,
} from "./deflation-record.ts";
import { SEARCHES } from "./deflation-search.ts";

/** As far as a distance reaches. Source: RFC 1951, 2. */
const HISTORY = 32_768;

/** Bytes after which a block is ended: the longest piece of work, but for the end of the last match. */
export const MOST_BLOCK = 98_304;
/** Matches after which it is ended as well, and a match has four bytes or more. */
const MOST_SEQUENCES = 16_384;
const LEAST_BLOCK = 4 * MOST_SEQUENCES;
const SEQUENCE_BYTES = 8;

/** What is kept when the window slides, a block, and what is looked at behind it. */
const WINDOW_BYTES = HISTORY + MOST_BLOCK + KEPT_AHEAD;

/** Deflate, a window of 32 KB, and no word on how well: both efforts begin alike. Source: RFC 1950, 2.2. */
const HEADER = [0x78, 0x01];
const CHECKSUM_BYTES = 4;

/** A block that is not compressed: two parts of at most 65,535 bytes, each behind five, and bits up to a whole byte. */
const STORED_OVERHEAD = 12;

const RESERVED = {
  record: DEFLATION_RECORD_BYTES,
  heads: HEAD_BYTES,
  chains: CHAIN_BYTES,
  prices: PRICE_BYTES,
  sequences: (MOST_SEQUENCES + BEYOND_SEQUENCES) * SEQUENCE_BYTES,
  window: WINDOW_BYTES + BEYOND_INPUT,
  output: HEADER.length + MOST_BLOCK + BEYOND_BLOCK + BEYOND_OUTPUT,
} as const;

/** Bytes of the arena that a `Deflation` reserves, all of them when it is made: for each effort as many. */
export const DEFLATION_BYTES = Object.values(RESERVED).reduce((sum, bytes) => sum + blockBytes(bytes), 0);

/** Bytes of the stream that so many become, at most. */
export function mostDeflatedBytes(bytes: number): number {
  const blocks = Math.floor(bytes / LEAST_BLOCK) + 1;
  return HEADER.length + bytes + blocks * STORED_OVERHEAD + CHECKSUM_BYTES;
}

/** Makes a zlib stream of bytes as they come, the same one however they come. Source: RFC 1950, RFC 1951. */
export class Deflation {
  readonly #kernels: Kernels;
  readonly #stream: KernelRecord<DeflationField>;
  readonly #window: number;
  readonly #output: number;
  /** Behind the last byte that has come. */
  #end: number;
  #adler = 1;

  constructor(kernels: Kernels, effort: Effort) {
    this.#kernels = kernels;
    this.#stream = new KernelRecord(kernels, kernels.reserve(RESERVED.record), DEFLATION_FIELDS);
    const heads = kernels.reserve(RESERVED.heads);
    const chains = kernels.reserve(RESERVED.chains);
    const prices = kernels.reserve(RESERVED.prices);
    const sequences = kernels.reserve(RESERVED.sequences);
    this.#window = kernels.reserve(RESERVED.window);
    this.#output = kernels.reserve(RESERVED.output);
    this.#end = this.#window;
    kernels.bytesAt(this.#output, HEADER.length).set(HEADER);
    this.#stream.set({
      ...{ window: this.#window, at: this.#window, shift: -this.#window, to: this.#output + HEADER.length },
      ...{ heads, chains, prices, sequences, mostSequences: MOST_SEQUENCES, mostBlock: MOST_BLOCK },
      ...SEARCHES[effort],
    });
  }

  /**
   * Takes `count` bytes at an address in the memory of the kernels, where they stay until all pieces have been taken.
   * Yields what is ready of the stream, the caller's own: for most pushes nothing.
   */
  *push(address: number, count: number): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
    const limit = this.#window + WINDOW_BYTES;
    this.#adler = this.#kernels.run.adler32(this.#adler, address, count);
    for (let taken = 0; taken < count; ) {
      // Only a full window, and only when more comes: so blocks end where they do however the bytes are cut.
      if (this.#end === limit) yield this.#block();
      const more = Math.min(count - taken, limit - this.#end);
      this.#kernels.bytesAt(this.#end, more).set(this.#kernels.bytesAt(address + taken, more));
      this.#end += more;
      taken += more;
    }
  }

  /** Yields the rest of the stream. Nothing is pushed any more. */
  *end(): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
    this.#stream.put("isLast", 1);
    for (;;) {
      const piece = this.#block();
      if (this.#stream.get("at") === this.#end) {
        yield withChecksum(piece, this.#adler);
        return;
      }
      yield piece;
    }
  }

  /** Earlier positions that were looked at for matches: what the stream has cost beside its bytes. */
  get steps(): number {
    return this.#stream.get("steps");
  }

  #block(): Uint8Array<ArrayBuffer> {
    this.#stream.put("end", this.#end);
    this.#kernels.run.deflateBlock(this.#stream.address);
    const piece = this.#kernels.bytesAt(this.#output, this.#stream.get("to") - this.#output).slice();
    this.#stream.put("to", this.#output);
    this.#slide();
    return piece;
  }

  /** Slides a history, and what is in no block yet, to the front of the window. */
  #slide(): void {
    const by = this.#stream.get("at") - this.#window - HISTORY;
    if (by <= 0) return;
    this.#kernels.bytesAt(this.#window, this.#end - this.#window).copyWithin(0, by);
    this.#end -= by;
    this.#stream.put("at", this.#window + HISTORY);
    this.#stream.put("shift", this.#stream.get("shift") + by);
  }
}

function withChecksum(piece: Uint8Array, adler: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(piece.length + CHECKSUM_BYTES);
  whole.set(piece);
  new DataView(whole.buffer).setUint32(piece.length, adler);
  return whole;
}
