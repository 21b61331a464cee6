import { Fault } from "../faults.ts";
import { abortable } from "../store/abortable.ts";
import { faultOf } from "./replies.ts";
import type { Visit } from "./visit.ts";

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
 * Answers with a file that is still being made, and sends its pieces as they come and the client takes them.
 *
 * What goes wrong from there on breaks the stream off: nobody takes a part of a file for the whole.
 *
 * @param answer takes the reply as soon as there is one
 * @returns the fault with which it was broken off
 */
export async function streamed(
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
    for await (const piece of pieces) await abortable(writer.write(piece), signal).catch(gone);
    await abortable(writer.close(), signal).catch(gone);
    return { reply, fault: undefined };
  } catch (thrown) {
    const fault = faultOf(thrown);
    writer.abort(fault).catch(() => {});
    return { reply, fault };
  }
}

/** Who does not take a stream any more is not there any more. */
function gone(cause: unknown): never {
  throw cause instanceof Fault ? cause : new Fault("clientGone", undefined, { cause });
}
