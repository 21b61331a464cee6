import type { Kernels } from "../../pixels/kernels.ts";

/** Bytes that are handed to the kernels at a time. */
const HANDFUL = 16_384;
const NOTHING = new Uint8Array();
/** Bytes that a kernel may read beyond them. */
const BEYOND = 16;

/** A block of kernel memory from which scans take their bytes: all of them the same one, in turn. */
export function reserveStage(kernels: Kernels): number {
  return kernels.reserve(stageBytes());
}

export function stageBytes(): number {
  return HANDFUL + BEYOND;
}

/** The compressed bytes of a scan, as far as they have come. */
export class ByteSupply {
  readonly #kernels: Kernels;
  readonly #stage: number;
  #total = 0;
  #bytes: Uint8Array = NOTHING;
  #at = 0;
  #ended = false;

  constructor(kernels: Kernels, stage: number) {
    this.#kernels = kernels;
    this.#stage = stage;
  }

  /** Takes the next bytes; those before must have been used up. They are looked at until they are. */
  give(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#at = 0;
  }

  /** Says that no more bytes will come. */
  end(): void {
    this.#ended = true;
  }

  /**
   * The next bytes, in the memory of the kernels, and whether they are the last ones; undefined where more must come
   * first.
   */
  next(): Handful | undefined {
    const bytes = this.#bytes.subarray(this.#at, this.#at + HANDFUL);
    const isLast = this.#ended && this.#at + bytes.length === this.#bytes.length;
    if (bytes.length === 0 && !isLast) return undefined;
    this.#kernels.bytesAt(this.#stage, bytes.length).set(bytes);
    return { address: this.#stage, length: bytes.length, isLast };
  }

  /** Bytes that were used so far. */
  get total(): number {
    return this.#total;
  }

  /** Says how many of them were used; the others come again. */
  used(count: number): void {
    this.#at += count;
    this.#total += count;
    // What has been used up is not held on to: its memory is its owner's again.
    if (this.#at === this.#bytes.length) this.give(NOTHING);
  }
}

export interface Handful {
  readonly address: number;
  readonly length: number;
  readonly isLast: boolean;
}
