import { sniffWithin } from "../codec/sniff-within.ts";
import { Fault } from "../faults.ts";
import type { SourceFacts } from "../plan/facts.ts";
import { shown } from "../protocol/problem.ts";
import type { Sources, SourceWindow } from "../store/sources.ts";
import { keysOf, type SourcePlace } from "./source-keys.ts";

/** A source picture, found and pinned: whatever happens to its key from now on, this object is meant. */
export interface PinnedSource {
  readonly key: string;
  readonly etag: string;
  readonly bytes: number;
  /** Milliseconds since 1970: when it was written. */
  readonly written: number;
  readonly facts: SourceFacts;
  /** Its first bytes, of which the facts were read, or most of them. */
  readonly start: Uint8Array;
}

/** The first look at a file, and the largest; headers are rarely longer than the first. */
const FIRST_WINDOW = 65_536;
const LARGEST_WINDOW = 1_048_576;

/**
 * Finds the picture at a place, and reads its header.
 *
 * @throws Fault where there is none, or its header is not one of a picture that can be decoded
 */
export async function pinSource(place: SourcePlace, sources: Sources, signal: AbortSignal): Promise<PinnedSource> {
  const keys = keysOf(place);
  for (const key of keys) {
    const start = await sources.window(key, 0, FIRST_WINDOW, signal);
    if (start !== undefined) return sniffed(key, start, sources, signal);
  }
  throw new Fault("sourceMissing", `looked for ${keys.map(shown).join(", ")}`);
}

async function sniffed(key: string, start: SourceWindow, sources: Sources, signal: AbortSignal): Promise<PinnedSource> {
  const { etag, size, written } = start;
  const sniffing = sniffWithin(size);
  let window = { at: 0, bytes: start.bytes };
  let length = FIRST_WINDOW;
  let step = sniffing.next();
  while (!step.done) {
    const wanted = step.value;
    if (wanted.at < window.at || wanted.at + wanted.length > window.at + window.bytes.length) {
      length = Math.min(length * 2, LARGEST_WINDOW);
      const more = await sources.window(key, wanted.at, length, signal);
      if (more === undefined || more.etag !== etag) throw new Fault("sourceChanged");
      if (more.bytes.length < wanted.length) throw new Fault("storage", "a source was shorter than its length");
      window = { at: wanted.at, bytes: more.bytes };
    }
    const { bytes } = window;
    step = sniffing.next(new DataView(bytes.buffer, bytes.byteOffset + wanted.at - window.at, wanted.length));
  }
  return { key, etag, bytes: size, written, facts: step.value, start: start.bytes };
}

/**
 * The bytes of a source, in chunks that are valid until the next one is asked for.
 *
 * @throws Fault `sourceChanged` where they do not begin like those of which the facts were read: nothing that was decided
 * would be true of them
 */
export async function* pinnedBytes(
  { key, etag, start }: PinnedSource,
  sources: Sources,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  let at = 0;
  for await (const chunk of sources.chunks(key, etag, signal)) {
    if (!beginsWith(chunk, start.subarray(at, at + chunk.length)))
      throw new Fault("sourceChanged", "it begins otherwise");
    at += chunk.length;
    yield chunk;
  }
}

function beginsWith(bytes: Uint8Array, beginning: Uint8Array): boolean {
  for (let at = 0; at < beginning.length; at++) if (bytes[at] !== beginning[at]) return false;
  return true;
}
