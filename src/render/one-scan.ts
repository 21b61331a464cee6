import { OutOfRoom } from "../codec/encoder.ts";
import { isAskedInScans, type Output, WRITTEN_IN_ONE_SCAN } from "../plan/output.ts";
import type { Plan } from "../plan/plan.ts";
import type { Pieces } from "./studio.ts";

/**
 * The file of a plan; where its output turns out to take more memory than there is, before there is any piece of it, that of the
 * plan's other output.
 *
 * @param attempt makes the file in this output; called again for the other one
 */
export async function* orInOneScan(
  { output, instead }: Pick<Plan, "output" | "instead">,
  warnings: Set<string>,
  attempt: (output: Output) => Pieces,
): Pieces {
  let hasBegun = false;
  try {
    for await (const piece of attempt(output)) {
      hasBegun = true;
      yield piece;
    }
    return;
  } catch (thrown) {
    if (hasBegun || instead === undefined || !(thrown instanceof OutOfRoom)) throw thrown;
  }
  warnOfOneScan(output, warnings);
  yield* attempt(instead);
}

/** Whoever asked for several scans is told; where they were to make the file smaller, nobody asked. */
export function warnOfOneScan(output: Output, warnings: Set<string>): void {
  if (isAskedInScans(output)) warnings.add(WRITTEN_IN_ONE_SCAN);
}
