import { Fault } from "../faults.ts";
import type { SourceFacts } from "../plan/facts.ts";
import { LONGEST_MAGIC, sniffingOf } from "./sniff.ts";
import type { Sniffing, Wanted } from "./sniffing.ts";

/** A header that has not come to its point after so many bytes, or so many segments, is an attack. */
const LONGEST_HEADER = 32 * 1_048_576;
const MOST_STEPS = 10_000;

/**
 * Reads the header of a file of so many bytes, whatever its format: all stretches that it wants lie within the file, and none
 * before the one that it wanted last.
 *
 * @throws Fault `sourceFormat`, `sourceUnsupported`; `sourceBroken` also where the header goes on behind the end of the file, or forever
 */
export function* sniffWithin(size: number): Sniffing {
  const { buffer, byteOffset, byteLength } = yield within({ at: 0, length: LONGEST_MAGIC, orLess: true }, size);
  const sniffing = sniffingOf(new Uint8Array(buffer, byteOffset, byteLength));
  let step: IteratorResult<Wanted, SourceFacts> = sniffing.next();
  for (let steps = 0; !step.done; steps++) {
    const wanted = within(step.value, size);
    if (wanted.at + wanted.length > size || wanted.at > LONGEST_HEADER || steps > MOST_STEPS)
      throw new Fault("sourceBroken", "its header does not end");
    step = sniffing.next(yield wanted);
  }
  return step.value;
}

/** The same stretch, as much of it as there is, where less will do. */
function within({ at, length, orLess = false }: Wanted, size: number): Wanted {
  return { at, length: orLess ? Math.max(0, Math.min(length, size - at)) : length };
}
