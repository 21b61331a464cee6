import { abortable } from "./abortable.ts";
import { type PutFailure, putFailure } from "./put-failure.ts";
import { type Time, withGrace } from "./time.ts";

/** What became of one attempt to write. */
export type Outcome =
  | { readonly is: "written"; readonly object: R2Object }
  /** The condition did not hold. */
  | { readonly is: "conflict" }
  /** The bucket failed; `sent` tells whether it had, or may have had, the last byte by then. */
  | { readonly is: PutFailure; readonly sent: boolean; readonly cause: unknown }
  /** It had the last byte, and has not said anything. */
  | { readonly is: "silence" };

export interface StreamCall {
  readonly key: string;
  /** Bytes, one at least. */
  readonly length: number;
  /** So many bytes in all, or they throw. Each is valid until the next one is asked for. */
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly options: R2PutOptions;
}

/**
 * Writes an object, by a stream of known length whose last byte is held back until its chunks have come to their end, and the
 * deadline has been checked one final time: without it nothing is stored. From that byte on nothing aborts the stream.
 *
 * @param graceMs how long past the deadline the bucket's word is awaited, once the last byte is written
 * @throws whatever `chunks` or `time` end with, before the last byte: nothing was stored by this attempt
 * Source: save-contract "Two outcomes", 4.
 */
export async function putStream(
  bucket: R2Bucket,
  { key, length, chunks, options }: StreamCall,
  time: Time,
  graceMs: number,
): Promise<Outcome> {
  const { readable, writable } = new FixedLengthStream(length);
  const writer = writable.getWriter();
  let sent = false;
  let ended: Outcome | undefined;
  // In a function of its own: what the binding throws at once is a rejection, too.
  const put = (async () => bucket.put(key, readable, options))()
    .then(
      (object) => answered(object, length, sent),
      (cause): Outcome => ({ is: putFailure(cause, sent), sent, cause }),
    )
    .then((outcome) => {
      ended = outcome;
      return outcome;
    });

  let last = new Uint8Array();
  try {
    let came = 0;
    for await (const chunk of chunks) {
      came += chunk.length;
      const isLast = came === length;
      if (isLast) last = chunk.slice(-1);
      // A body that is not taken any more is a put that has ended: what it says is what counts.
      const taken = writer.write(isLast ? chunk.subarray(0, -1) : chunk).catch(() => put);
      await abortable(Promise.race([put, taken]), time.signal);
      if (ended !== undefined) break;
    }
    if (ended === undefined) await time.breathe();
  } catch (cause) {
    abort(writer, cause);
    throw cause;
  }
  if (ended !== undefined) {
    // A put that has said its word gets no last byte: were anybody still reading, it would be stored all the same.
    abort(writer);
    return ended;
  }

  sent = true;
  const finished = writer.write(last).then(() => writer.close());
  finished.catch(() => {});
  return (await withGrace(put, time, graceMs)) ?? { is: "silence" };
}

/** A bucket is not believed that has written what it does not have, or what is not as long as what it was given. */
function answered(object: R2Object | null, length: number, sent: boolean): Outcome {
  if (object === null) return { is: "conflict" };
  if (sent && object.size === length) return { is: "written", object };
  return { is: "unclear", sent: true, cause: `${object.size} of ${length} bytes are said to be written` };
}

/** Not awaited: without its last byte the object cannot come into being, whenever the bucket notices. */
function abort(writer: WritableStreamDefaultWriter, cause?: unknown): void {
  writer.abort(cause).catch(() => {});
}
