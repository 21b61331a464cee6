import type { Work } from "../pixels/work.ts";
import type { Deadline } from "./deadline.ts";

/**
 * Work after which the deadline is looked at, ten to thirty milliseconds of it: bytes of the source that come in, steps of its
 * decoder, samples that are gone through. A look costs a millisecond and a half.
 */
const BYTES_A_BREATH = 2_097_152;
const STEPS_A_BREATH = 100_000;
const SAMPLES_A_BREATH = 8_000_000;
const MS_A_BREATH = 20;
/** Bytes of a file, of what its encoder has held back until all rows have come. */
const WRITTEN_A_BREATH = 1_048_576;

/** Adds work up, and takes a breath when it is enough. */
export class Breath {
  readonly #deadline: Deadline;
  #work = 0;
  #steps = 0;

  constructor(deadline: Deadline) {
    this.#deadline = deadline;
  }

  /** @param bytes of the source that have come in since the last time */
  async afterReading(bytes: number): Promise<void> {
    await this.#after(bytes / BYTES_A_BREATH);
  }

  /** @param steps that a decoder has taken in all; @param samples that were gone through since the last time */
  async afterDecoding(steps: number, samples: number): Promise<void> {
    const taken = steps - this.#steps;
    this.#steps = steps;
    await this.#after(taken / STEPS_A_BREATH + samples / SAMPLES_A_BREATH);
  }

  /** @param milliseconds that an encoder is likely to have taken since the last time */
  async afterEncoding(milliseconds: number): Promise<void> {
    await this.#after(milliseconds / MS_A_BREATH);
  }

  /** @param bytes of the file that an encoder has made, at its end, since the last time */
  async afterWriting(bytes: number): Promise<void> {
    await this.#after(bytes / WRITTEN_A_BREATH);
  }

  async through(work: Work): Promise<void> {
    for (const samples of work) await this.#after(samples / SAMPLES_A_BREATH);
  }

  /** @param share of what may be done between two breaths */
  async #after(share: number): Promise<void> {
    this.#work += share;
    if (this.#work < 1) return;
    this.#work = 0;
    await this.#deadline.breathe();
  }
}
