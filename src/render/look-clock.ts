/** When somebody looked: by the clock of the platform, and by that of all who look. Milliseconds. */
export interface Moment {
  readonly now: number;
  readonly looked: number;
}

/** A longer pause between two looks is nobody's own: the CPU was busy, or the platform's clock stood still and made up for it. */
const LONGEST_PAUSE_MS = 250;

/**
 * A clock that goes on only while somebody looks.
 *
 * Cancelled requests say nothing: that they are gone is known by their silence. By this clock nobody is silent who is only
 * kept from speaking, as all are together.
 */
export class LookClock {
  #looked = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** What it showed at the last look. */
  get looked(): number {
    return this.#looked;
  }

  look(now: number): Moment {
    this.#looked += Math.min(Math.max(0, now - this.#last), LONGEST_PAUSE_MS);
    this.#last = now;
    return { now, looked: this.#looked };
  }
}
