/** What time goes to, in the order in which it is shown. */
export const STAGES = ["admit", "place", "read", "wait", "decode", "steps", "encode", "store"] as const;

/**
 * Of a save, `admit` is who may and the form that it comes with, `place` asks the bucket whether it may go there, `store`
 * writes it. `read` waits for the source, `wait` for room, `decode` makes rows of it, `steps` all that happens to these.
 */
export type Stage = (typeof STAGES)[number];

/**
 * Tells where the time of a request went. On the platform the clock stands still while the CPU works, and moves at the
 * next wait: there a stage has what passed until the wait behind it.
 */
export class Stopwatch {
  readonly #clock: () => number;
  readonly #began: number;
  #since: number;
  readonly #spent = new Map<Stage, number>();

  /**
   * @param running milliseconds that have passed already, and go to the first lap
   * @param clock gives milliseconds since any time
   */
  constructor(running = 0, clock = () => performance.now()) {
    this.#clock = clock;
    this.#began = clock() - running;
    this.#since = this.#began;
  }

  /** What has passed since the last lap went to this stage. */
  lap(stage: Stage): void {
    const now = this.#clock();
    this.#spent.set(stage, (this.#spent.get(stage) ?? 0) + now - this.#since);
    this.#since = now;
  }

  /** Milliseconds that went to a stage; undefined where nothing did. */
  spent(stage: Stage): number | undefined {
    return this.#spent.get(stage);
  }

  /** Milliseconds from the beginning to now: of all stages, and of what has had no lap yet. */
  total(): number {
    return this.#clock() - this.#began;
  }

  /** The value of a header. Source: W3C Server Timing, 3. */
  serverTiming(): string {
    return STAGES.filter((stage) => this.#spent.has(stage))
      .map((stage) => `${stage};dur=${(this.#spent.get(stage) ?? 0).toFixed(1)}`)
      .join(", ");
  }
}
