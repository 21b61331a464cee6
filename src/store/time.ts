/** The time that a save has. */
export interface Time {
  /** Fires when the time is up; its reason is the fault to end with. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. It may come nearer. */
  readonly expires: number;
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
