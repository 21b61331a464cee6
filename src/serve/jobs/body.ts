import { Fault } from "../../faults.ts";
import { abortable } from "../../store/abortable.ts";

/** What a list of saves takes in memory comes beside the pictures in the making, for which `MemoryBudget` leaves little. */
export const LONGEST_BODY = 1_048_576;

/**
 * The text that a request carries; "" where it carries none. What is no UTF-8 becomes U+FFFD.
 *
 * @throws Fault where it is longer than `LONGEST_BODY`, breaks off, or does not come before the signal fires
 */
export async function readBody({ body }: Pick<Request, "body">, signal: AbortSignal): Promise<string> {
  if (body === null) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await abortable(reader.read(), signal).catch(broken);
      if (done) return text + decoder.decode();
      bytes += value.length;
      if (bytes > LONGEST_BODY) throw new Fault("jobTooLarge", `at most ${LONGEST_BODY} bytes`, { mayBeTold: true });
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** An upload that breaks off is nobody's mistake here. */
function broken(cause: unknown): never {
  throw cause instanceof Fault ? cause : new Fault("formBroken", undefined, { cause });
}
