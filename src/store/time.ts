/** The time that a save has. */
export interface Time {
  /** Fires when the time is up; its reason is the fault to end with. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. It may come nearer. */
  readonly expires: number;
  /** When nothing can be waited for any more, grace or not: the platform ends it all. Milliseconds since 1970. */
  readonly latest?: number;
  /** Lets the clock move, then throws where the time is up. */
  breathe(): Promise<void>;
}

/** What `work` brings within `ms`, else undefined. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  const stop = new AbortController();
  const silence = scheduler.wait(Math.max(0, ms), { signal: stop.signal }).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([work, silence]);
  } finally {
    stop.abort();
  }
}

/** How often it is looked whether the time has come nearer. */
const LOOK_MS = 500;

/** What `work` brings until so many milliseconds after the time is up, else undefined. */
export async function withGrace<T>(work: Promise<T>, time: Time, graceMs: number): Promise<T | undefined> {
  for (;;) {
    const left = Math.min(time.expires + graceMs, time.latest ?? Number.POSITIVE_INFINITY) - Date.now();
    const done = await within(work, Math.min(left, LOOK_MS));
    if (done !== undefined || left <= LOOK_MS) return done;
  }
}
