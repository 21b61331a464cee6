import { Fault, type FaultCode } from "../faults.ts";
import { MARGIN } from "../plan/effort.ts";

/** After what a client that has hung up leaves: the platform ends the invocation 30 s after that, whatever it waits for. */
const LAST_WORD_MS = 2500;
/** What may be done between two breaths. */
const SHORT_MS = 20;

/**
 * The time a request has, counted from its arrival. One `AbortController` enforces it: every wait takes its signal,
 * and work on the CPU looks at it between pieces.
 *
 * The clock may stand still while the CPU works; `breathe` lets it move and timers fire.
 */
export class Deadline {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #ended = new AbortController();
  #fault: Fault;
  #expires: number;
  #latest = Number.POSITIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout>;

  /** @param code the fault with which every wait ends when the time is up */
  constructor(arrived: number, allowedMs: number, code: FaultCode) {
    this.signal = this.#controller.signal;
    this.#fault = new Fault(code, `${allowedMs} ms`, { mayBeTold: true });
    this.#expires = arrived + allowedMs;
    this.#timer = this.#ring();
  }

  /** Milliseconds since 1970. */
  get expires(): number {
    return this.#expires;
  }

  /** When nothing can be waited for any more; not before a client has hung up. Milliseconds since 1970. */
  get latest(): number {
    return this.#latest;
  }

  /** Leaves at most `ms` from the moment in which `signal` fires, and ends with `fault` then. */
  shortenOn(signal: AbortSignal, ms: number, fault: Fault): void {
    const shorten = () => {
      const expires = Date.now() + ms;
      this.#latest = expires + LAST_WORD_MS;
      if (expires >= this.#expires) return;
      this.#expires = expires;
      this.#fault = fault;
      clearTimeout(this.#timer);
      this.#timer = this.#ring();
    };
    if (signal.aborted) shorten();
    else signal.addEventListener("abort", shorten, { once: true, signal: this.#ended.signal });
  }

  /** @throws Fault when the time is up, whether or not the timer has been able to fire */
  check(): void {
    if (this.signal.aborted || Date.now() >= this.#expires) throw this.#fault;
  }

  /** Lets timers fire and the clock move, then checks. */
  async breathe(): Promise<void> {
    await scheduler.wait(0);
    this.check();
  }

  /** @throws Fault where too little time is left for a step that will block for about `estimatedMs` */
  async beforeBlocking(estimatedMs: number): Promise<void> {
    // A short step is no reason to look at the clock: the next breath does.
    if (estimatedMs > SHORT_MS) await this.breathe();
    if (this.#expires - Date.now() < MARGIN * estimatedMs) throw this.#fault;
  }

  /** Stops the timer. Not calling it keeps the request alive until the deadline. */
  end(): void {
    this.#ended.abort();
    clearTimeout(this.#timer);
  }

  #ring(): ReturnType<typeof setTimeout> {
    const ring = () => this.#controller.abort(this.#fault);
    const leftMs = this.#expires - Date.now();
    // A timer comes when there is nothing else to do, and a picture may be finished by then.
    if (leftMs <= 0) ring();
    return setTimeout(ring, Math.max(0, leftMs));
  }
}
