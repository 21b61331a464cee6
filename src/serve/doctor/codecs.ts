import type { Engine } from "../../render/engine.ts";
import type { Finding, Patient } from "./check.ts";
import { TRIALS, tried } from "./trial.ts";

/** What was found of engines that work: they stay as they are. Only numbers and words, which requests may share. */
const known = new WeakMap<Engine, Finding>();

/** Whether every codec gives back the picture that it was given: tried once an isolate, for some milliseconds. */
export async function lookAtCodecs({ server: { engine }, deadline }: Patient): Promise<Finding> {
  const before = known.get(engine);
  if (before !== undefined) return before;
  for (const trial of TRIALS) {
    const difference = await tried(trial, engine, deadline);
    if (difference > trial.tolerance)
      return { ok: false, says: `${trial.name}: a picture came back other than it was, by ${difference}` };
  }
  const says = `Written and read again: ${TRIALS.map(({ name }) => name).join(", ")}`;
  const finding = { ok: true, says };
  known.set(engine, finding);
  return finding;
}
