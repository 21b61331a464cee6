import { expect } from "vitest";
import { codecsOf } from "../../src/codec/codecs.ts";
import { Fault, type FaultCode } from "../../src/faults.ts";
import type { Kernels } from "../../src/pixels/kernels.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Strip } from "../../src/pixels/strip.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";
import { turned } from "../../src/plan/orientation.ts";
import type { Rect } from "../../src/plan/size.ts";
import { headerOf } from "./png-chunks.ts";
import { passesOf } from "./png-samples.ts";
import { sniff } from "./sniffing.ts";
import { MODULES } from "./wasm-modules.ts";

export const { png: PNG_DECODER } = codecsOf(MODULES).decoders;

export interface PngAsked {
  /** What the decoder is told of the file; what is sniffed where nothing is said. */
  readonly facts?: SourceFacts;
  /** The whole picture where nothing else is said. */
  readonly wanted?: Rect;
  /** Bytes of the next push; all at once where nothing is said. */
  readonly pushBytes?: () => number;
}

/** What a decoding has cost. */
export interface Cost {
  readonly steps: number;
  /** The most steps between two chances to breathe. */
  readonly stepsAtOnce: number;
  readonly pulls: number;
  readonly pushes: number;
}

export interface PngPicture {
  readonly outcome: "picture";
  /** What was wanted, and nothing else. */
  readonly raster: Raster;
  readonly warnings: readonly string[];
  readonly cost: Cost;
}

export interface PngRefusal {
  readonly outcome: "fault";
  readonly code: FaultCode;
  readonly detail: string;
  readonly cost: Cost;
}

/** Steps that go with a byte of a file, with an inflated one, and with a file at all: its surplus behind the last row. */
const [STEPS_A_BYTE, STEPS_AN_INFLATED_BYTE, STEPS_BESIDE] = [2, 1 / 16, 4096];
/** What is done between two looks at the deadline, at most: src/render/breath.ts. */
const STEPS_A_BREATH = 100_000;

/** Holds that a decoding cost no more than the bytes and the pixels of its file allow, and let others breathe. */
export function expectBounded({ steps, stepsAtOnce, pulls, pushes }: Cost, file: Uint8Array): void {
  const { height, ...header } = headerOf(file);
  const inflated = passesOf({ ...header, height }).reduce((sum, { rows, rowBytes }) => sum + rows * (1 + rowBytes), 0);
  const most = file.length * STEPS_A_BYTE + inflated * STEPS_AN_INFLATED_BYTE + STEPS_BESIDE;
  expect(steps, "steps").toBeLessThanOrEqual(most);
  expect(stepsAtOnce, "steps at once").toBeLessThanOrEqual(STEPS_A_BREATH);
  // A strip for a row, a pause for some hundreds of steps, and one that gives nothing for each push and for the end.
  expect(pulls, "pulls").toBeLessThanOrEqual(height + steps / 500 + 2 * (pushes + 1));
}

/** More pulls than any file of a test is worth: there would be no end of them. */
const MANY_PULLS = 10_000_000;

/**
 * Decodes as the renderer does: pushes, pulls whenever something was pushed, and leaves as soon as it has the rows that are
 * wanted; what comes of a file is what is known then. Pushed bytes are spoilt when there is nothing more to be pulled, and a
 * strip when it was copied.
 *
 * What is thrown and no Fault is thrown on: a trap, and a strip that the door does not allow.
 */
export async function tryPng(
  kernels: Kernels,
  file: Uint8Array,
  { facts, wanted, pushBytes = () => file.length }: PngAsked = {},
): Promise<PngPicture | PngRefusal> {
  const meter = new Meter();
  try {
    const known = facts ?? sniffed(file);
    const part = wanted ?? { x: 0, y: 0, ...turned(known.size, known.orientation) };
    const decoder = PNG_DECODER.make(kernels, known, file.length, { shrink: 1, wanted: part });
    try {
      const canvas = new Canvas(kernels, part);
      const drain = () => {
        while (!canvas.isComplete) {
          const strip = decoder.pull();
          meter.pulled(decoder.steps);
          if (strip === undefined) return;
          if (strip.rows > 0) canvas.take(strip);
        }
      };
      for (let at = 0; at < file.length && !canvas.isComplete; ) {
        // A copy also of a Buffer, whose slices are not.
        const bytes = new Uint8Array(file.subarray(at, at + Math.max(1, pushBytes())));
        decoder.push(bytes);
        meter.pushed(decoder.steps);
        drain();
        at += bytes.length;
        bytes.fill(0x5e);
      }
      if (!canvas.isComplete) {
        await decoder.end();
        drain();
        if (!canvas.isComplete) throw new Error(`the strips end at row ${canvas.next}`);
      }
      return { outcome: "picture", raster: canvas.raster, warnings: [...decoder.warnings], cost: meter.cost };
    } finally {
      decoder.release?.();
    }
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    return { outcome: "fault", code: cause.code, detail: cause.detail ?? "", cost: meter.cost };
  }
}

/** The facts, or the fault that a header is answered with that has no end. Source: src/resolve/source.ts. */
function sniffed(file: Uint8Array): SourceFacts {
  const facts = sniff(file);
  if (facts === "wants more") throw new Fault("sourceBroken", "its header does not end");
  return facts;
}

class Meter {
  #steps = 0;
  #stepsAtOnce = 0;
  #pulls = 0;
  #pushes = 0;

  get cost(): Cost {
    return { steps: this.#steps, stepsAtOnce: this.#stepsAtOnce, pulls: this.#pulls, pushes: this.#pushes };
  }

  pulled(steps: number): void {
    if (++this.#pulls > MANY_PULLS) throw new Error("pulls, and no end of them");
    this.#count(steps);
  }

  pushed(steps: number): void {
    this.#pushes++;
    this.#count(steps);
  }

  #count(steps: number): void {
    if (steps < this.#steps) throw new Error(`${steps} steps, after ${this.#steps}`);
    this.#stepsAtOnce = Math.max(this.#stepsAtOnce, steps - this.#steps);
    this.#steps = steps;
  }
}

/** Takes strips, which must follow one another and cover what is wanted. */
class Canvas {
  readonly #kernels: Kernels;
  readonly #wanted: Rect;
  readonly #data: Uint8Array<ArrayBuffer>;
  /** The row that is next. */
  next: number | undefined;

  constructor(kernels: Kernels, wanted: Rect) {
    this.#kernels = kernels;
    this.#wanted = wanted;
    this.#data = new Uint8Array(wanted.width * wanted.height * 4);
  }

  get isComplete(): boolean {
    return (this.next ?? 0) >= this.#wanted.y + this.#wanted.height;
  }

  get raster(): Raster {
    const { width, height } = this.#wanted;
    return { size: { width, height }, data: this.#data };
  }

  take({ x, y, width, rows, address, stride }: Strip): void {
    const wanted = this.#wanted;
    const follows = this.next === undefined ? y <= wanted.y : y === this.next;
    if (!follows || x > wanted.x || x + width < wanted.x + wanted.width)
      throw new Error(`a strip of ${width} × ${rows} pixels at ${x}, ${y}, behind row ${this.next}`);
    this.next = y + rows;
    for (let row = Math.max(y, wanted.y); row < Math.min(y + rows, wanted.y + wanted.height); row++) {
      const from = address + (row - y) * stride + (wanted.x - x) * 4;
      const pixels = this.#kernels.bytesAt(from, wanted.width * 4);
      this.#data.set(pixels, (row - wanted.y) * wanted.width * 4);
      pixels.fill(0x5e);
    }
  }
}
