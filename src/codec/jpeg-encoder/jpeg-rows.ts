import type { Kernels } from "../../pixels/kernels.ts";
import type { Output } from "../../plan/output.ts";
import type { Size } from "../../plan/size.ts";
import type { RowEncoder } from "../encoder.ts";
import { MARKER } from "../jpeg/markers.ts";
import type { Coding } from "./coding.ts";
import { codingOf } from "./coding-of.ts";
import type { JpegExtras } from "./encoder.ts";
import { type Frame, frameOf } from "./frame.ts";
import { quantisationOf } from "./quantisation.ts";
import { SampleRows } from "./sample-rows.ts";
import { END, frameHeader, jfif, profile, quantisers, START } from "./segments.ts";

/** A picture on its way from rows to a file. */
export class JpegRowEncoder implements RowEncoder {
  readonly #frame: Frame;
  readonly #samples: SampleRows;
  readonly #coding: Coding;
  #header: readonly Uint8Array<ArrayBuffer>[];

  constructor(kernels: Kernels, size: Size, output: Output<"jpeg">, { icc }: JpegExtras) {
    const frame = frameOf(size, output);
    const quantisation = quantisationOf(output);
    this.#frame = frame;
    this.#samples = new SampleRows(kernels, frame);
    this.#coding = codingOf(kernels, frame, output, this.#samples);
    const marker = output.scans === "sequential" ? MARKER.SOF0 : MARKER.SOF2;
    const segments = [...quantisers(quantisation), ...frameHeader(frame, marker), ...this.#coding.head];
    this.#header = [
      Uint8Array.from([...START, ...jfif(output.dpi)]),
      ...(icc === undefined ? [] : [profile(icc)]),
      Uint8Array.from(segments),
    ];
  }

  *push(rows: Uint8Array): Generator<Uint8Array<ArrayBuffer>, void> {
    const { size } = this.#frame;
    const left = size.height - this.#samples.rows;
    const count = rows.length / (size.width * 4);
    if (!Number.isInteger(count) || count > left) throw new TypeError(`${count} rows, where ${left} are missing`);
    if (!this.#coding.isHeld) yield* this.#takeHeader();
    for (const _ of this.#samples.take(rows)) yield* this.#coding.row();
  }

  *end(): Generator<Uint8Array<ArrayBuffer>, void> {
    const left = this.#frame.size.height - this.#samples.rows;
    if (left > 0) throw new TypeError(`${left} rows are missing`);
    yield* this.#takeHeader();
    yield* this.#coding.end();
    yield END.slice();
  }

  #takeHeader(): readonly Uint8Array<ArrayBuffer>[] {
    const header = this.#header;
    this.#header = [];
    return header;
  }
}
