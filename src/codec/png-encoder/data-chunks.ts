import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import { CRC_BYTES, HEAD_BYTES } from "../png/chunks.ts";
import { AROUND } from "./chunks.ts";

/** Content of a chunk of image data; that of the last one is shorter. */
export const DATA_BYTES = 32_768;

const TYPE = [0x49, 0x44, 0x41, 0x54];
/** The content begins at a vector, and its type, of which there is a checksum too, right before it. */
const BEFORE = 16;

/** Bytes of the arena that `DataChunks` reserve. */
export const DATA_CHUNKS_BYTES = blockBytes(BEFORE + DATA_BYTES);

/** Bytes of the chunks that so many bytes of image data become, at most. */
export function mostChunkedBytes(bytes: number): number {
  return bytes + AROUND * Math.max(1, Math.ceil(bytes / DATA_BYTES));
}

/**
 * Puts a zlib stream into chunks of image data, the same ones however the stream comes in pieces.
 * Source: PNG (Third Edition), 5.3, 10.2.
 */
export class DataChunks {
  readonly #kernels: Kernels;
  /** Where the content of the chunk is gathered. */
  readonly #stage: number;
  #gathered = 0;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
    this.#stage = kernels.reserve(BEFORE + DATA_BYTES) + BEFORE;
    kernels.bytesAt(this.#stage - TYPE.length, TYPE.length).set(TYPE);
  }

  /** Takes a piece of the stream; the chunks that are full. */
  *take(piece: Uint8Array): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
    for (let at = 0; at < piece.length; ) {
      const count = Math.min(piece.length - at, DATA_BYTES - this.#gathered);
      this.#kernels.bytesAt(this.#stage + this.#gathered, count).set(piece.subarray(at, at + count));
      this.#gathered += count;
      at += count;
      if (this.#gathered === DATA_BYTES) yield this.#chunk();
    }
  }

  /** The chunk that is not full. */
  *end(): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
    if (this.#gathered > 0) yield this.#chunk();
  }

  #chunk(): Uint8Array<ArrayBuffer> {
    const length = this.#gathered;
    this.#gathered = 0;
    const type = this.#stage - TYPE.length;
    const chunk = new Uint8Array(length + AROUND);
    const view = new DataView(chunk.buffer);
    view.setUint32(0, length);
    chunk.set(this.#kernels.bytesAt(type, TYPE.length + length), HEAD_BYTES - TYPE.length);
    view.setUint32(chunk.length - CRC_BYTES, this.#kernels.run.crc32(0, type, TYPE.length + length) >>> 0);
    return chunk;
  }
}
