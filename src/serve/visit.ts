import type { FaultCode } from "../faults.ts";
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

/**
 * The time that a visit has, counted from its arrival.
 *
 * @param code the fault with which it ends
 * @param afterHangUpMs what is left of it, at most, once the client has hung up
 */
export function deadlineOf(
  { arrived, hungUp }: Pick<Visit, "arrived" | "hungUp">,
  allowedMs: number,
  code: FaultCode,
  afterHangUpMs = 0,
): Deadline {
  const deadline = new Deadline(arrived, allowedMs, code);
  deadline.shortenOn(hungUp, afterHangUpMs);
  return deadline;
}
