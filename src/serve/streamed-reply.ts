import { Fault } from "../faults.ts";
import { abortable } from "../store/abortable.ts";
import { within } from "../store/time.ts";
import { faultOf } from "./replies.ts";
import type { Visit } from "./visit.ts";

/**
 * For how long a client may take nothing of a stream: others may wait for the room that is held for it. A slow line takes a
 * share in less, and TCP has sent what was lost several times by then.
 */
const STALLED_MS = 10_000;
/** What is given to a client at a time: in `STALLED_MS` 6.5 KB a second bring it through, whatever the lengths of pieces. */
const SHARE_BYTES = 65_536;

/**
 * The answer of `work`, which may give it before it is through: then it goes on for as long as the platform lets it, also when
 * the client has hung up, and gives back what it holds.
 */
export function answeredEarly<T extends Response | undefined>(
  visit: Visit,
  work: (answer: (reply: T) => void) => Promise<T>,
): Promise<T> {
  const { promise: early, resolve } = Promise.withResolvers<T>();
  const all = work((reply) => {
    visit.keepAlive(early.then(() => all));
    resolve(reply);
  });
  return Promise.race([early, all]);
}

/**
 * Answers with a file that is still being made, and sends its pieces as they come and the client takes them. Who takes nothing
 * for long is given up like one that is gone.
 *
 * What goes wrong from there on breaks the stream off: nobody takes a part of a file for the whole.
 *
 * @param answer takes the reply as soon as there is one
 * @returns the fault with which it was broken off
 */
export async function streamedReply(
  pieces: AsyncIterable<Uint8Array>,
  headers: Readonly<Record<string, string>>,
  answer: (reply: Response) => void,
  { signal }: { readonly signal: AbortSignal },
): Promise<{ readonly reply: Response; readonly fault: Fault | undefined }> {
  const { readable, writable } = new IdentityTransformStream();
  const reply = new Response(readable, { headers });
  answer(reply);
  const writer = writable.getWriter();
  try {
    for await (const piece of pieces) {
      for (let at = 0; at < piece.length; at += SHARE_BYTES) {
        await taken(writer.write(piece.subarray(at, at + SHARE_BYTES)), signal);
      }
    }
    await taken(writer.close(), signal);
    return { reply, fault: undefined };
  } catch (thrown) {
    const fault = faultOf(thrown);
    writer.abort(brokenOff()).catch(() => {});
    return { reply, fault };
  }
}

/**
 * With what a stream breaks off. `retryable` is by what workerd tells a connection that broke from a program that failed: the
 * latter it prints as an uncaught exception, beside our own line in the log or where nothing went wrong at all.
 */
function brokenOff(): Error {
  return Object.assign(new Error("broken off"), { retryable: true });
}

/** Who does not take a stream any more is not there any more. */
async function taken(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const isTaken = abortable(work, signal).then(() => true, gone);
  if (!(await within(isTaken, STALLED_MS))) throw new Fault("clientGone", `nothing was taken for ${STALLED_MS} ms`);
}

function gone(cause: unknown): never {
  throw cause instanceof Fault ? cause : new Fault("clientGone", undefined, { cause });
}
