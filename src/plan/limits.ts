import { Fault, type FaultCode } from "../faults.ts";
import { type Size, sizeText } from "./size.ts";

/** Longest side of a source and of a reply: libjpeg's limit. What a row or a column costs is bounded by it. */
export const LONGEST_SIDE = 65_500;

/** Longest side of a layer, and of a picture as it is scaled. */
const LONGEST = 1e9;

/** Beyond it positions are no exact numbers any more; nothing of such a picture would be seen anyway. */
export function refuseBeyondCounting(size: Size): void {
  // What is no number fails this test as well.
  if (longestSide(size) <= LONGEST) return;
  throw tooLarge("outputTooLarge", size, `scaled to at most ${LONGEST} pixels a side`);
}

export function tooLarge(code: FaultCode, size: Size, limit: string): Fault {
  return new Fault(code, `${sizeText(size)}, ${limit}`, { mayBeTold: true });
}

export function longestSide({ width, height }: Size): number {
  return Math.max(width, height);
}
