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
  readonly about: string;
  readonly of: (ended: Ended) => Value;
}

/**
 * The record of a save: the fields of its line in the log, and, in the same order, of its data point.
 *
 * What a client sent is here as object and key alone: no message, header, query or address, which may hold secrets. Absent
 * fields are left out of the line; in a data point they are "" or 0.
 */
export const RECORD_FIELDS: readonly RecordField[] = [
  // The key by which data points are sampled: refusals do not drown among what was done.
  { name: "outcome", as: "index", about: "done, failed or timeout", of: ({ fault }) => statusOf(fault) },
  { name: "error", as: "blob", about: "the code of the fault", of: ({ fault }) => fault?.code },
  { name: "object", as: "blob", about: "the object of the path", of: ({ course }) => course.object },
  { name: "key", as: "blob", about: "where it was to be saved", of: ({ course }) => course.key },
  { name: "type", as: "blob", about: "the content type", of: ({ course }) => course.plan?.output.mime },
  { name: "version", as: "blob", about: "of this program", of: () => VERSION },
  { name: "ms", as: "double", about: "from the arrival to the end", of: ({ course }) => tenths(course.watch.total()) },
  {
    name: "pixels",
    as: "double",
    about: "of the picture, once it is planned",
    of: ({ course }) => course.plan && pixelCount(course.plan.size),
  },
  { name: "bytes", as: "double", about: "of the object that is there", of: ({ course }) => course.saved?.size },
  {
    name: "peakBytes",
    as: "double",
    about: "what making it holds at most, as it was planned",
    of: ({ course }) => course.plan?.peak.total,
  },
  {
    name: "attempts",
    as: "double",
    about: "how often writing it was begun, once it is there",
    of: ({ course }) => course.saved?.attempts,
  },
  {
    name: "warnings",
    as: "double",
    about: "how much was wrong with its sources, once it is made",
    of: ({ course }) => course.warnings?.length,
  },
  {
    name: "hungUp",
    as: "double",
    about: "whether the client was gone by the end",
    of: ({ course }) => course.visit.hungUp.aborted,
  },
  stage("admit", "who may save, and the form"),
  stage("place", "whether it may go there"),
  stage("read", "waiting for the sources"),
  stage("decode", "rows of the sources"),
  stage("steps", "scaling and all operations"),
  stage("encode", "the file"),
  stage("store", "writing it, provenance included"),
  stage("wait", "for room in memory"),
];

/** `readMs` and the like: together all of `ms` of a save that is done, and what had ended by then of another. */
function stage(name: Stage, about: string): RecordField {
  const of = ({ course }: Ended) => {
    const spent = course.watch.spent(name);
    return spent && tenths(spent);
  };
  return { name: `${name}Ms`, as: "double", about: `milliseconds: ${about}`, of };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
