import { FAULTS, type FaultCode } from "../faults.ts";

/** So often a save is tried: as often as wrangler.toml has the queue deliver a message, `max_retries` and the first time. */
export const MOST_TRIES = 5;

/**
 * Whether another try may end in another way: we or the platform have failed, or a save ran out of time, which may be for all
 * those beside it. What the client or the operator has to mend fails again.
 */
export function isWorthAnother(error: string): boolean {
  if (error === "saveTimeout") return true;
  return Object.hasOwn(FAULTS, error) && FAULTS[error as FaultCode].who === "us";
}

/**
 * Seconds until the next try of what was tried so often.
 *
 * @param tries at least 1
 */
export function delayAfter(tries: number, { JobRetryDelay }: { readonly JobRetryDelay: number }): number {
  return JobRetryDelay * 2 ** (Math.min(tries, MOST_TRIES) - 1);
}
