import type { Plan } from "../../plan/plan.ts";
import { isWrong, type Wrong } from "../../protocol/problem.ts";
import { Stopwatch } from "../../render/stopwatch.ts";
import type { SavedFile } from "../../store/saves.ts";
import type { Visit } from "../visit.ts";

/** How far a save has come: filled in as it goes on, for the record of what became of it. */
export interface SaveCourse {
  readonly visit: Visit;
  /** What stands in the path, be it the name of a picture or not. */
  readonly object: string;
  /** Runs from the arrival of the request. */
  readonly watch: Stopwatch;
  key?: string;
  plan?: Plan;
  warnings?: readonly string[];
  saved?: SavedFile;
}

/** @param object as the path was read (`readObject`) */
export function courseOf(visit: Visit, object: string | Wrong | undefined): SaveCourse {
  const named = isWrong(object) ? object.got : (object ?? "");
  return { visit, object: named, watch: new Stopwatch(Date.now() - visit.arrived) };
}
