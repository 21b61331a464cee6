import type { ChecksumKernels } from "./kernel-exports/checksum.ts";
import type { DeflateKernels } from "./kernel-exports/deflate.ts";
import type { InflateKernels } from "./kernel-exports/inflate.ts";
import type { JpegEncodeKernels } from "./kernel-exports/jpeg-encode.ts";
import type { JpegSampleKernels } from "./kernel-exports/jpeg-samples.ts";
import type { JpegScanKernels } from "./kernel-exports/jpeg-scans.ts";
import type { PngKernels } from "./kernel-exports/png.ts";
import type { PngEncodeKernels } from "./kernel-exports/png-encode.ts";
import type { ResampleKernels } from "./kernel-exports/resample.ts";
import type { SharpenKernels } from "./kernel-exports/sharpen.ts";
import type { StepKernels } from "./kernel-exports/steps.ts";
import type { ToneKernels } from "./kernel-exports/tone.ts";
import type { TurnKernels } from "./kernel-exports/turn.ts";
import { OutOfMemory } from "./out-of-memory.ts";

/** The exports of wasm/index.ts. */
interface KernelExports
  extends ChecksumKernels,
    DeflateKernels,
    InflateKernels,
    JpegEncodeKernels,
    JpegSampleKernels,
    JpegScanKernels,
    PngEncodeKernels,
    PngKernels,
    ResampleKernels,
    SharpenKernels,
    StepKernels,
    ToneKernels,
    TurnKernels {
  readonly memory: WebAssembly.Memory;
  arenaStart(): number;
}

/** What an instance holds, for the one who adds it up. */
export interface MemoryAccount {
  bytes: number;
}

const PAGE = 65_536;
/** Every block begins at a multiple of a vector. */
const ALIGNMENT = 16;

/** Bytes of the arena that a block takes, up to where the next one begins. */
export function blockBytes(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/**
 * One instance of the kernels, and its arena.
 *
 * Blocks are reserved upwards and freed all at once, or the last of them; a fresh block is zero. Addresses never leave `pixels/` and `codec/`.
 */
export class Kernels {
  readonly run: KernelExports;
  readonly #start: number;
  #top: number;

  readonly #account: MemoryAccount;
  #words: Uint32Array;

  /** @param account is kept at the bytes of memory that the instance holds; it outlives the instance */
  constructor(module: WebAssembly.Module, account: MemoryAccount = { bytes: 0 }) {
    this.run = new WebAssembly.Instance(module).exports as unknown as KernelExports;
    this.#account = account;
    account.bytes = this.bytes;
    this.#start = this.run.arenaStart();
    this.#top = this.#start;
    this.#words = new Uint32Array(this.run.memory.buffer);
  }

  /** Bytes of memory that this instance holds; they never become fewer. */
  get bytes(): number {
    return this.run.memory.buffer.byteLength;
  }

  /**
   * Reserves `bytes` zeroed bytes. Views made before are detached when the memory has to grow.
   *
   * @throws OutOfMemory where it cannot, RangeError for what is no number of bytes; nothing is reserved then
   */
  reserve(bytes: number): number {
    if (!Number.isSafeInteger(bytes) || bytes < 0) throw new RangeError(`${bytes} bytes`);
    const at = Math.ceil(this.#top / ALIGNMENT) * ALIGNMENT;
    const missing = Math.ceil((at + bytes) / PAGE) - this.bytes / PAGE;
    if (missing > 0) this.#grow(missing);
    this.#top = at + bytes;
    return at;
  }

  #grow(pages: number): void {
    try {
      this.run.memory.grow(pages);
    } catch (cause) {
      throw new OutOfMemory(`${pages * PAGE} bytes more than the ${this.bytes} that there are`, { cause });
    }
    this.#account.bytes = this.bytes;
  }

  /** Where the blocks end that are there now: for `freeTo`. */
  mark(): number {
    return this.#top;
  }

  /** Frees the blocks that were reserved since this mark, and zeroes them; those below it stay as they are. */
  freeTo(mark: number): void {
    if (mark < this.#start || mark > this.#top) throw new RangeError(`${mark} is no mark`);
    new Uint8Array(this.run.memory.buffer, mark, this.#top - mark).fill(0);
    this.#top = mark;
  }

  /** Frees every block and zeroes what was reserved: nothing of one render is there for the next. */
  clear(): void {
    this.freeTo(this.#start);
  }

  bytesAt(address: number, length: number): Uint8Array {
    return new Uint8Array(this.run.memory.buffer, address, length);
  }

  /** The whole memory in words of 32 bits, the one at `address / 4`; valid until more is reserved. */
  get words(): Uint32Array {
    if (this.#words.buffer !== this.run.memory.buffer) this.#words = new Uint32Array(this.run.memory.buffer);
    return this.#words;
  }

  /** Copies an array into a block of its own. @throws as `reserve` does */
  place(values: ArrayBufferView): number {
    const at = this.reserve(values.byteLength);
    this.bytesAt(at, values.byteLength).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return at;
  }
}
