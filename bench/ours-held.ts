import { type CodecModules, codecsOf } from "../src/codec/codecs.ts";
import { Fault } from "../src/faults.ts";
import type { Task } from "./job.ts";
import { planOf, SETTINGS } from "./ours.ts";

/** What a rendition holds at its peak, as the planner adds it up. */
export interface Held {
  readonly bytes: number;
  /** Whether that is above the budget, so that it is refused. */
  readonly refused: boolean;
}

/** Nothing is made for it. */
export type Weigh = (file: Uint8Array, task: Task) => Held;

/** Bytes that all pictures of an isolate may hold, as shipped. */
export const BUDGET = SETTINGS.MemoryBudget;

export function weighing(modules: CodecModules): Weigh {
  const engine = { codecs: codecsOf(modules) };
  return (file, task) => {
    try {
      return { bytes: planOf(file, task, SETTINGS, engine).peak.total, refused: false };
    } catch (thrown) {
      if (!(thrown instanceof Fault) || thrown.code !== "memoryBudget") throw thrown;
      // What is refused at last is what a reply would hold: a save falls back on that.
      const { saved: _, ...reply } = task;
      const unbounded = { ...SETTINGS, MemoryBudget: Number.MAX_SAFE_INTEGER };
      return { bytes: planOf(file, reply, unbounded, engine).peak.total, refused: true };
    }
  };
}
