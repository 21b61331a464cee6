import type { Time } from "./time.ts";

/** Waits between attempts, before jitter: the bucket takes about one write a second to one key. */
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 4000;

/** Waits before the next attempt; false where there is no time for it. */
export async function waited(attempt: number, time: Time): Promise<boolean> {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  // Jitter, so that those who were refused together do not come back together.
  const ms = longest * (0.5 + Math.random() / 2);
  if (Date.now() + ms >= time.expires) return false;
  await scheduler.wait(ms, { signal: time.signal }).catch(() => {});
  return !time.signal.aborted;
}
