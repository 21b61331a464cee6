import { KernelRecord } from "../../pixels/kernel-record.ts";
import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import { SINK_BYTES, SINK_FIELDS, type SinkField, WORD_BYTES } from "./records.ts";

/** Bytes with which a piece of the file is ready. */
const READY_BYTES = 32_768;

/** Kernels write whole words, and read and write whole vectors. */
const BEHIND = 64;
/** Bytes of a piece at most. At its worst every byte of a run is 0xFF and has a zero behind it, or a piece is short of ready before a run begins. */
export const MOST_PIECE_BYTES = READY_BYTES + 2 * (WORD_BYTES + BEHIND);

/** Bytes of the arena that a sink takes. */
export function bitSinkBytes(): number {
  return blockBytes(SINK_BYTES) + blockBytes(WORD_BYTES + BEHIND) + blockBytes(MOST_PIECE_BYTES + BEHIND);
}

/** Where bits become bytes of the file, which are taken in pieces. */
export class BitSink {
  readonly #kernels: Kernels;
  readonly #record: KernelRecord<SinkField>;
  readonly #bytes: number;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
    this.#record = new KernelRecord(kernels, kernels.reserve(SINK_BYTES), SINK_FIELDS);
    const words = kernels.reserve(WORD_BYTES + BEHIND);
    this.#bytes = kernels.reserve(MOST_PIECE_BYTES + BEHIND);
    this.#record.set({ words, word: words, bytes: this.#bytes, at: this.#bytes, limit: this.#bytes + READY_BYTES });
  }

  /** For the kernels. */
  get address(): number {
    return this.#record.address;
  }

  /** Whether there are enough bytes for a piece: then they must be taken before more are made. */
  get isReady(): boolean {
    return this.#record.get("at") >= this.#bytes + READY_BYTES;
  }

  /** Ends a scan: its last byte is filled up. */
  finish(): void {
    this.#kernels.run.finishBits(this.address);
  }

  /** A copy of all bytes that there are, which are made way for others. */
  take(): Uint8Array<ArrayBuffer> {
    const length = this.#record.get("at") - this.#bytes;
    this.#record.put("at", this.#bytes);
    return this.#kernels.bytesAt(this.#bytes, length).slice() as Uint8Array<ArrayBuffer>;
  }
}
