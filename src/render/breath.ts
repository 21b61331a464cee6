import type { Work } from "../pixels/work.ts";
import type { Deadline } from "./deadline.ts";

/**
 * Work after which the deadline is looked at, ten to thirty milliseconds of it: bytes of the source that come in, steps of its
 * decoder, samples that are gone through. A look costs a millisecond.
 */
export const BYTES_A_BREATH = 1_048_576;
const STEPS_A_BREATH = 100_000;
const SAMPLES_A_BREATH = 8_000_000;
/** To encode a sample is more work than anything else that is done with one. */
const ENCODED_A_BREATH = 4_000_000;

/** Adds work up, and takes a breath when it is enough. */
export class Breath {
  readonly #deadline: Deadline;
  #work = 0;
  #steps = 0;

  constructor(deadline: Deadline) {
    this.#deadline = deadline;
  }

  /** @param share of what may be done between two breaths */
  async after(share: number): Promise<void> {
    this.#work += share;
    if (this.#work < 1) return;
    this.#work = 0;
    await this.#deadline.breathe();
  }

  /** @param steps that a decoder has taken in all; @param samples that were gone through since the last time */
  async afterDecoding(steps: number, samples: number): Promise<void> {
    const taken = steps - this.#steps;
    this.#steps = steps;
    await this.after(taken / STEPS_A_BREATH + samples / SAMPLES_A_BREATH);
  }

  /** @param samples that an encoder has taken since the last time */
  async afterEncoding(samples: number): Promise<void> {
    await this.after(samples / ENCODED_A_BREATH);
  }

  async through(work: Work): Promise<void> {
    for (const samples of work) await this.after(samples / SAMPLES_A_BREATH);
  }
}
