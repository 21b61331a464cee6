import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import { LONGEST_SIDE } from "../../plan/limits.ts";
import type { Effort, Output } from "../../plan/output.ts";
import type { Size } from "../../plan/size.ts";
import type { RowEncoder, RowEncoderMaker } from "../encoder.ts";
import { pixelBytes, rowBytes } from "../png/colours.ts";
import { AROUND } from "./chunks.ts";
import { DATA_CHUNKS_BYTES, DataChunks, mostChunkedBytes } from "./data-chunks.ts";
import { DEFLATION_BYTES, Deflation, MOST_BLOCK, mostDeflatedBytes } from "./deflation.ts";
import { Filtering, filteringBytes } from "./filtering.ts";
import { headOf, iend, MOST_HEAD_BYTES } from "./head.ts";
import { headerFor, Samples, samplesBytes } from "./samples.ts";

/** A piece of the compressed data and of the file, on its way. */
export const BESIDE_BYTES = 2 * mostChunkedBytes(mostDeflatedBytes(MOST_BLOCK)) + MOST_HEAD_BYTES;

/**
 * PNG: colours or gray, with alpha or without, written row by row in memory that depends on the width alone. What cannot be
 * seen is kept. The same rows give the same bytes, however they come. Source: PNG (Third Edition).
 */
export const pngEncoding: RowEncoderMaker<"png"> = {
  takes: "rows",
  limits: { maxSide: LONGEST_SIDE, maxPixels: LONGEST_SIDE ** 2 },
  blockingMs: ({ width }, { effort }) => ((width * 4 + MOST_BLOCK) * WORST_MS[effort]) / 1e6,
  memory({ width, height }, { colour, effort }) {
    const header = headerFor({ width, height }, colour);
    const kernels = [
      samplesBytes(width, colour),
      filteringBytes(rowBytes(header, width), effort),
      DEFLATION_BYTES,
      DATA_CHUNKS_BYTES,
    ];
    return { kernels: kernels.reduce((sum, bytes) => sum + blockBytes(bytes), 0), beside: BESIDE_BYTES };
  },
  mostBytes: ({ width, height }, { colour }) =>
    mostFileBytes(height * (1 + rowBytes(headerFor({ width, height }, colour), width))),
  workMs: ({ width, height }, { colour, effort }) =>
    (height * rowBytes(headerFor({ width, height }, colour), width) * PHOTO_MS[effort]) / 1e6,
  make: (kernels, size, output) => new PngRows(kernels, size, output),
};

/**
 * Milliseconds a megabyte of rows at its worst: measured at 25, of bytes that have many matches, none of them long, and at 310,
 * of four values in no order; twice that for slower machines. What is done between two pieces is a block and the row that ends
 * it: more rows than one are for the one who pushes them to count.
 */
export const WORST_MS = { fast: 60, small: 600 } as const satisfies Record<Effort, number>;

/** Milliseconds a megabyte of rows of a photograph: measured at 12 megapixels. */
const PHOTO_MS = { fast: 15, small: 75 } as const satisfies Record<Effort, number>;

/** Bytes of a file that has so many bytes of filtered rows, at most. */
export function mostFileBytes(bytes: number): number {
  return MOST_HEAD_BYTES + mostChunkedBytes(mostDeflatedBytes(bytes)) + AROUND;
}

class PngRows implements RowEncoder {
  readonly #samples: Samples;
  readonly #filtering: Filtering;
  readonly #deflation: Deflation;
  readonly #chunks: DataChunks;
  readonly #pixelRowBytes: number;
  /** Rows that have not come yet. */
  #left: number;
  /** What stands before the image data, until it is written. */
  #head: Uint8Array<ArrayBuffer> | undefined;

  constructor(kernels: Kernels, size: Size, { colour, effort, dpi }: Output<"png">) {
    const header = headerFor(size, colour);
    this.#samples = new Samples(kernels, size.width, colour);
    this.#filtering = new Filtering(kernels, rowBytes(header, size.width), pixelBytes(header), effort);
    this.#deflation = new Deflation(kernels, effort);
    this.#chunks = new DataChunks(kernels);
    this.#pixelRowBytes = size.width * 4;
    this.#left = size.height;
    this.#head = headOf({ header, dpi });
  }

  *push(rows: Uint8Array): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
    const count = rows.length / this.#pixelRowBytes;
    if (!Number.isInteger(count) || count > this.#left) {
      throw new TypeError(`${count} rows, where ${this.#left} are missing`);
    }
    this.#left -= count;
    if (this.#head !== undefined) yield this.#head;
    this.#head = undefined;
    for (let at = 0; at < rows.length; at += this.#pixelRowBytes) {
      this.#samples.putInto(this.#filtering.row, rows.subarray(at, at + this.#pixelRowBytes));
      yield* this.#chunked(this.#deflation.push(this.#filtering.filter(), this.#filtering.bytes));
    }
  }

  *end(): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
    if (this.#left > 0) throw new TypeError(`${this.#left} rows are missing`);
    yield* this.#chunked(this.#deflation.end());
    yield* this.#chunks.end();
    yield iend();
  }

  *#chunked(pieces: Iterable<Uint8Array>): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
    for (const piece of pieces) yield* this.#chunks.take(piece);
  }
}
