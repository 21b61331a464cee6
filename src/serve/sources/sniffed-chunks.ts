import { StretchReader } from "../../codec/jpeg/stretch-reader.ts";
import { LONGEST_MAGIC, sniffedType } from "../../codec/sniff.ts";
import { sniffWithin } from "../../codec/sniff-within.ts";
import { Fault } from "../../faults.ts";
import type { SourceFacts } from "../../plan/facts.ts";

/** So many bytes are held until the header has been read: what of it is behind them is read as it passes. */
const MOST_HELD = 262_144;

/** A picture that is arriving. */
export interface ArrivingPicture {
  readonly mime: string;
  /** What its header says, where it is among the first bytes. */
  readonly early: SourceFacts | undefined;
  /** All of its bytes, those that are held first. It ends when the header has been read, or with why it could not be. */
  readonly chunks: AsyncGenerator<Uint8Array, void, undefined>;
  /** What its header says; known when there are no more chunks. */
  facts(): SourceFacts;
}

/**
 * Reads the header of a file as its bytes pass by: no more of them is held than the beginning.
 *
 * @param length bytes of all chunks, which is as many as come; each is valid until the next one is asked for
 * @param judge is told what the header says, and throws where that is not wanted
 * @throws Fault where the first bytes are not those of a picture; what `chunks` throw
 */
export async function arrivingPicture(
  chunks: AsyncGenerator<Uint8Array, void, undefined>,
  length: number,
  judge: (facts: SourceFacts) => void,
): Promise<ArrivingPicture> {
  const reader = new StretchReader(sniffWithin(length));
  let facts: SourceFacts | undefined;
  const look = (chunk: Uint8Array) => {
    if (facts !== undefined) return;
    facts = reader.push(chunk)?.result;
    if (facts !== undefined) judge(facts);
  };
  const held: Uint8Array[] = [];
  try {
    for (let bytes = 0; bytes < MOST_HELD && facts === undefined; ) {
      const { done, value } = await chunks.next();
      if (done || value === undefined) break;
      look(value);
      held.push(value.slice());
      bytes += value.length;
    }
  } catch (thrown) {
    await chunks.return();
    throw thrown;
  }
  const known = () => {
    if (facts === undefined) throw new Fault("sourceBroken", "its header does not end");
    return facts;
  };
  async function* all() {
    try {
      for (let piece = held.shift(); piece !== undefined; piece = held.shift()) yield piece;
      for await (const chunk of chunks) {
        look(chunk);
        yield chunk;
      }
      known();
    } finally {
      // Also where nobody wants any more before all that was held is taken.
      await chunks.return();
    }
  }
  return { mime: sniffedType(beginningOf(held)), early: facts, chunks: all(), facts: known };
}

function beginningOf(pieces: readonly Uint8Array[]): Uint8Array {
  const first = new Uint8Array(LONGEST_MAGIC);
  let filled = 0;
  for (const piece of pieces) {
    const part = piece.subarray(0, LONGEST_MAGIC - filled);
    first.set(part, filled);
    filled += part.length;
  }
  return first.subarray(0, filled);
}
