import { Fault } from "../../faults.ts";
import { bodyText } from "../body-text.ts";

/** What a list of saves takes in memory comes beside the pictures in the making, for which `MemoryBudget` leaves little. */
export const LONGEST_BODY = 1_048_576;

/**
 * The text that a request carries; "" where it carries none. What is no UTF-8 becomes U+FFFD.
 *
 * @throws Fault where it is longer than `LONGEST_BODY`, breaks off, or does not come before the signal fires
 */
export async function readBody({ body }: Pick<Request, "body">, signal: AbortSignal): Promise<string> {
  if (body === null) return "";
  return bodyText(body, signal, (bytes) => {
    if (bytes > LONGEST_BODY) throw new Fault("jobTooLarge", `at most ${LONGEST_BODY} bytes`, { mayBeTold: true });
  });
}
