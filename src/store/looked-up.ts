import { Fault } from "../faults.ts";
import { abortable } from "./abortable.ts";

/**
 * What a bucket says when it is asked, for as long as the signal does not fire.
 *
 * @param what of which is said that it could not be looked up, in the fault `storage`
 * @param discard disposes of what it says too late
 */
export async function lookedUp<T>(
  ask: () => Promise<T>,
  what: string,
  signal: AbortSignal,
  discard?: (value: T) => void,
): Promise<T> {
  try {
    return await abortable(ask(), signal, discard);
  } catch (cause) {
    throw cause instanceof Fault ? cause : new Fault("storage", `${what} could not be looked up`, { cause });
  }
}
