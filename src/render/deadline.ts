import { Fault, type FaultCode } from "../faults.ts";

/** A step that cannot be interrupted is begun only while this many times its estimated time is left. */
const MARGIN = 3;

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
  readonly #fault: Fault;
  #expires: number;
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

  /** Leaves at most `ms` from the moment in which `signal` fires. */
  shortenOn(signal: AbortSignal, ms: number): void {
    const shorten = () => {
      this.#expires = Math.min(this.#expires, Date.now() + ms);
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
    await this.breathe();
    if (this.#expires - Date.now() < MARGIN * estimatedMs) throw this.#fault;
  }

  /** Stops the timer. Not calling it keeps the request alive until the deadline. */
  end(): void {
    this.#ended.abort();
    clearTimeout(this.#timer);
  }

  #ring(): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#controller.abort(this.#fault), Math.max(0, this.#expires - Date.now()));
  }
}
