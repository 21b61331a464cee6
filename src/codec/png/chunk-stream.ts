import type { Kernels } from "../../pixels/kernels.ts";
import { broken } from "./broken.ts";
import { type Chunk, CRC_BYTES, HEAD_BYTES, readHead, SIGNATURE } from "./chunks.ts";
import { crc32 } from "./crc32.ts";

const NOTHING = new Uint8Array();

/**
 * The chunks of a file, as its bytes come in pieces of any size. Every byte goes through a checksum, on its way into the
 * memory of the kernels. Source: PNG (Third Edition), 5.3, 5.5.
 */
export class ChunkStream {
  readonly #kernels: Kernels;
  #bytes: Uint8Array = NOTHING;
  #at = 0;
  #ended = false;
  /** Where in the file the next byte stands. */
  #place = 0;
  /** What has come of a signature, a head or a checksum. */
  readonly #frame = new DataView(new ArrayBuffer(HEAD_BYTES));
  #framed = 0;
  #chunk: Chunk | undefined;
  #left = 0;
  #crc = 0;
  #count = 0;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  /** Takes the next bytes; those before must have been used up. */
  give(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#at = 0;
  }

  /** Says that no more bytes will come. */
  end(): void {
    this.#ended = true;
  }

  /** Whether all bytes were used up, and no more will come. */
  get isOver(): boolean {
    return this.#ended && this.#at === this.#bytes.length;
  }

  /** Chunks that have begun. */
  get count(): number {
    return this.#count;
  }

  /** Content of the chunk that has begun which was not taken yet, in bytes. */
  get left(): number {
    return this.#left;
  }

  /**
   * Begins the next chunk, when all content of the one before was taken; undefined while bytes are missing.
   *
   * @throws Fault for what is no chunk, and where the checksum of the one before is wrong
   */
  next(): Chunk | undefined {
    if (!this.close()) return undefined;
    if (this.#place < SIGNATURE.length && !this.#sign()) return undefined;
    if (!this.#gather(HEAD_BYTES)) return undefined;
    this.#chunk = readHead(this.#frame, this.#place - HEAD_BYTES);
    this.#crc = crc32(this.#frame, 4, HEAD_BYTES);
    this.#left = this.#chunk.length;
    this.#count++;
    return this.#chunk;
  }

  /** Puts content of the chunk that has begun at an address, at most `most` bytes; how many. */
  takeInto(to: number, most: number): number {
    const count = Math.min(most, this.#left, this.#bytes.length - this.#at);
    if (count === 0) return 0;
    this.#kernels.bytesAt(to, count).set(this.#bytes.subarray(this.#at, this.#at + count));
    this.#crc = this.#kernels.run.crc32(this.#crc, to, count) >>> 0;
    this.#left -= count;
    this.#advance(count);
    return count;
  }

  /** Ends the chunk whose content was taken: false while its checksum is missing. */
  close(): boolean {
    if (this.#chunk === undefined) return true;
    if (this.#left > 0) throw new Error("a chunk whose content was not taken");
    if (!this.#gather(CRC_BYTES)) return false;
    const { type, at } = this.#chunk;
    if (this.#frame.getUint32(0) !== this.#crc) throw broken(`a wrong checksum: ${type} at byte ${at}`);
    this.#chunk = undefined;
    return true;
  }

  #sign(): boolean {
    if (!this.#gather(SIGNATURE.length)) return false;
    if (SIGNATURE.some((byte, at) => this.#frame.getUint8(at) !== byte)) throw broken("no signature");
    return true;
  }

  /** Whether so many bytes have come into the frame. */
  #gather(bytes: number): boolean {
    while (this.#framed < bytes) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) return false;
      this.#frame.setUint8(this.#framed++, byte);
      this.#advance(1);
    }
    this.#framed = 0;
    return true;
  }

  #advance(count: number): void {
    this.#at += count;
    this.#place += count;
    // What has been used up is not held on to: its memory is its owner's again.
    if (this.#at === this.#bytes.length) this.give(NOTHING);
  }
}
