import { Fault, type FaultCode } from "../faults.ts";
import { Deadline } from "../render/deadline.ts";

/** One invocation of the Worker: a request, and what the platform lets be done about it. */
export interface Visit {
  readonly request: Request;
  /** Milliseconds since 1970. */
  readonly arrived: number;
  /** Fires when the client has hung up. */
  readonly hungUp: AbortSignal;
  /** Goes on with this work after the client has hung up: for the 30 s that the platform grants. */
  keepAlive(work: Promise<unknown>): void;
}

type Times = Pick<Visit, "arrived" | "hungUp">;

/**
 * The time that a visit has, counted from its arrival. When nobody waits any more it is over.
 *
 * @param code the fault with which it ends
 */
export function deadlineOf({ arrived, hungUp }: Times, allowedMs: number, code: FaultCode): Deadline {
  const deadline = new Deadline(arrived, allowedMs, code);
  deadline.shortenOn(hungUp, 0, new Fault("clientGone"));
  return deadline;
}

/** What is left, at most, when the client of a save has hung up: the platform grants 30 s, and the bucket's word takes some. */
const AFTER_HANG_UP_MS = 25_000;

/** The time that a save has, which goes on without its client. Source: save-contract "Two outcomes", 3 and 7. */
export function saveDeadlineOf({ arrived, hungUp }: Times, allowedMs: number): Deadline {
  const deadline = new Deadline(arrived, allowedMs, "saveTimeout");
  const detail = `${AFTER_HANG_UP_MS} ms after the client hung up`;
  deadline.shortenOn(hungUp, AFTER_HANG_UP_MS, new Fault("saveTimeout", detail, { mayBeTold: true }));
  return deadline;
}
