/** What time goes to, in the order in which it is shown. */
const STAGES = ["read", "decode", "steps", "encode", "store"] as const;

/** `read` waits for the source, `decode` makes rows of it, `steps` all that happens to these. */
export type Stage = (typeof STAGES)[number];

/**
 * Tells where the time of a request went. On the platform the clock stands still while the CPU works, and moves at the
 * next wait: there a stage has what passed until the wait behind it.
 */
export class Stopwatch {
  #since = performance.now();
  readonly #spent = new Map<Stage, number>();

  /** What has passed since the last lap went to this stage. */
  lap(stage: Stage): void {
    const now = performance.now();
    this.#spent.set(stage, (this.#spent.get(stage) ?? 0) + now - this.#since);
    this.#since = now;
  }

  /** The value of a header. Source: W3C Server Timing, 3. */
  serverTiming(): string {
    return STAGES.filter((stage) => this.#spent.has(stage))
      .map((stage) => `${stage};dur=${(this.#spent.get(stage) ?? 0).toFixed(1)}`)
      .join(", ");
  }
}
