import { sniffingOf } from "../../src/codec/sniff.ts";
import { Fault, type FaultCode } from "../../src/faults.ts";
import type { SourceFacts } from "../../src/plan/facts.ts";

/** What a sniffer makes of a file: facts, or the wish for bytes beyond its end. */
export type Sniffed = SourceFacts | "wants more";

/** Longest header that a test builds, in steps of a sniffer; fill bytes cost one each. */
const MANY = 100_000;

/**
 * Plays the file to its sniffer, which is given fewer bytes than it wants where it says that these will do.
 *
 * Each stretch is handed over in the middle of a larger buffer full of other bytes, as in a window of a real source.
 */
export function sniff(file: Uint8Array): Sniffed {
  const sniffing = sniffingOf(file);
  let step = sniffing.next();
  for (let steps = 0; !step.done; steps++) {
    if (steps > MANY) throw new Error("the sniffer goes round in circles");
    const { at, length: most, orLess = false } = step.value;
    if (at < 0 || most < 0) throw new Error(`the sniffer wants ${most} bytes at ${at}`);
    const length = orLess ? Math.max(0, Math.min(most, file.length - at)) : most;
    if (at + length > file.length) return "wants more";
    const around = new Uint8Array(length + 64).fill(0xee);
    around.set(file.subarray(at, at + length), 32);
    step = sniffing.next(new DataView(around.buffer, 32, length));
  }
  return step.value;
}

/** The facts of a file that has them. */
export function factsOf(file: Uint8Array): SourceFacts {
  const facts = sniff(file);
  if (facts === "wants more") throw new Error("the file ends in its header");
  return facts;
}

export interface FaultSaid {
  readonly code: FaultCode;
  readonly detail: string | undefined;
}

/** The fault that `work` ends with; whatever else it throws is thrown on, and so is its success. */
export function faultOf(work: () => unknown): FaultSaid {
  try {
    work();
  } catch (cause) {
    if (cause instanceof Fault) return { code: cause.code, detail: cause.detail };
    throw cause;
  }
  throw new Error("no fault");
}
