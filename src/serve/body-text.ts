import { Fault } from "../faults.ts";
import { abortable } from "../store/abortable.ts";

/**
 * The text of a request's body; what is no UTF-8 becomes U+FFFD.
 *
 * @param judge is told how many bytes there are so far, and refuses them by throwing; not told of an empty body
 * @throws Fault `formBroken` where it breaks off, or the signal's reason where it does not come before that
 */
export async function bodyText(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  judge: (bytes: number) => void,
): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await abortable(reader.read(), signal).catch(broken);
      if (done) return text + decoder.decode();
      bytes += value.length;
      if (bytes > 0) judge(bytes);
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
