import type { Fault } from "../../faults.ts";
import { pixelCount } from "../../plan/size.ts";
import type { Stage } from "../../render/stopwatch.ts";
import { VERSION } from "../../version.ts";
import { statusOf } from "./answer.ts";
import type { SaveCourse } from "./course.ts";

/** A save that has ended, well or with a fault. */
export interface Ended {
  readonly course: SaveCourse;
  readonly fault: Fault | undefined;
}

/** Undefined where a save did not come so far. */
type Value = string | number | boolean | undefined;

/** One thing that is recorded of every save. */
export interface RecordField {
  readonly name: string;
  /**
   * What it is in a data point, where it stands in the order of this table: the first `blob` is blob1. So none is ever
   * moved or taken out; another one goes to the end.
   */
  readonly as: "index" | "blob" | "double";
  readonly of: (ended: Ended) => Value;
}

/**
 * The record of a save: the fields of its line in the log, and, in the same order, of its data point. What they mean stands in
 * docs/saving.md.
 *
 * What a client sent is here as object and key alone: no message, header, query or address, which may hold secrets. Absent
 * fields are left out of the line; in a data point they are "" or 0.
 */
export const RECORD_FIELDS: readonly RecordField[] = [
  // The key by which data points are sampled: refusals do not drown among what was done.
  { name: "outcome", as: "index", of: ({ fault }) => statusOf(fault) },
  { name: "error", as: "blob", of: ({ fault }) => fault?.code },
  { name: "object", as: "blob", of: ({ course }) => course.object },
  { name: "key", as: "blob", of: ({ course }) => course.key },
  { name: "type", as: "blob", of: ({ course }) => course.plan?.output.mime },
  { name: "version", as: "blob", of: () => VERSION },
  { name: "ms", as: "double", of: ({ course }) => tenths(course.watch.total()) },
  {
    name: "pixels",
    as: "double",
    of: ({ course }) => course.plan && pixelCount(course.plan.size),
  },
  { name: "bytes", as: "double", of: ({ course }) => course.saved?.size },
  {
    name: "peakBytes",
    as: "double",
    of: ({ course }) => course.plan?.peak.total,
  },
  {
    name: "attempts",
    as: "double",
    of: ({ course }) => course.saved?.attempts,
  },
  {
    name: "warnings",
    as: "double",
    of: ({ course }) => course.warnings?.length,
  },
  {
    name: "hungUp",
    as: "double",
    of: ({ course }) => course.visit.hungUp.aborted,
  },
  stage("admit"),
  stage("place"),
  stage("read"),
  stage("decode"),
  stage("steps"),
  stage("encode"),
  stage("store"),
  stage("wait"),
  { name: "parts", as: "double", of: ({ course }) => course.saved?.parts },
];

/** `readMs` and the like: together all of `ms` of a save that is done, and what had ended by then of another. */
function stage(name: Stage): RecordField {
  const of = ({ course }: Ended) => {
    const spent = course.watch.spent(name);
    return spent && tenths(spent);
  };
  return { name: `${name}Ms`, as: "double", of };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
