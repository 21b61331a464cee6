import { vi } from "vitest";

interface Timer {
  readonly due: number;
  readonly ring: () => void;
  /** Somebody waits for nothing else than this. */
  readonly isWait: boolean;
}

/** The runtime's own, for waits of the tests themselves. */
const real = { now: Date.now.bind(Date), wait: scheduler.wait.bind(scheduler) };

/**
 * A clock that stands still until it is told how much time has passed: then what was due in that time happens, in its order.
 * While it is installed, the Worker has no other one. `scheduler.wait(0)`, by which work yields, yields in truth.
 */
export class TestClock {
  #now = real.now();
  readonly #timers = new Set<Timer>();
  /** What else happens whenever work yields. */
  onBreath: () => Promise<void> | void = () => {};
  /** Counts whatever is done with the clock. */
  activity = 0;

  get now(): number {
    return this.#now;
  }

  /** What is still due at some time. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Whether somebody waits for nothing but time. */
  get isAwaited(): boolean {
    return [...this.#timers].some(({ isWait }) => isWait);
  }

  /** Until `vi.unstubAllGlobals()` and `vi.restoreAllMocks()`. */
  install(): void {
    vi.spyOn(Date, "now").mockImplementation(() => this.#now);
    vi.stubGlobal("setTimeout", (ring: () => void, ms = 0) => this.#add(ms, ring, false));
    vi.stubGlobal("clearTimeout", (timer: Timer) => this.#timers.delete(timer));
    vi.stubGlobal("scheduler", { wait: (ms: number, options: SchedulerWaitOptions = {}) => this.#wait(ms, options) });
  }

  /** Time that passes while nobody can do anything: work on the CPU. */
  block(ms: number): void {
    const until = this.#now + ms;
    while (this.ringNext(until)) {}
    this.moveTo(until);
  }

  /** Time passes to what is due next, if that is so by then, and it happens. */
  ringNext(until: number): boolean {
    const due = [...this.#timers].filter((timer) => timer.due <= until);
    const [next] = due.sort((one, other) => one.due - other.due);
    if (next === undefined) return false;
    this.moveTo(next.due);
    this.#timers.delete(next);
    next.ring();
    return true;
  }

  moveTo(moment: number): void {
    this.#now = Math.max(this.#now, moment);
  }

  #add(ms: number, ring: () => void, isWait: boolean): Timer {
    this.activity++;
    const timer = { due: this.#now + Math.max(0, ms), ring, isWait };
    this.#timers.add(timer);
    // What is due at once happens as soon as the runtime comes to it, without any time.
    if (timer.due === this.#now) void real.wait(0).then(() => this.ringNext(this.#now));
    return timer;
  }

  async #wait(ms: number, { signal }: SchedulerWaitOptions): Promise<void> {
    signal?.throwIfAborted();
    if (ms <= 0) {
      this.activity++;
      await this.onBreath();
      return real.wait(0);
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = this.#add(ms, resolve, true);
    signal?.addEventListener("abort", () => {
      this.#timers.delete(timer);
      reject(signal.reason);
    });
    return promise;
  }
}

/** Lets everything happen that waits for no time. */
export function turn(): Promise<void> {
  return real.wait(0);
}
