import type { Fault } from "../../faults.ts";
import { logLine } from "../../resolve/log-line.ts";
import type { Telemetry } from "../telemetry.ts";
import type { SaveCourse } from "./course.ts";
import { type Ended, RECORD_FIELDS, type RecordField } from "./record-fields.ts";

/** By which lines of saves are found in the log. */
const EVENT = "save";
/** Of a text; with all blobs of the table that is below the 16 KB which they may have together. */
export const TEXT_BYTES = 1024;

/**
 * Records what became of a save: one line in the log, and one data point where a data set is bound. Every save passes
 * here once, whatever became of it, and its answer is not changed by it: a failure to record is only logged.
 *
 * @param fault undefined where the save is done
 */
export function recordSave({ log, saveEvents }: Telemetry, course: SaveCourse, fault?: Fault): void {
  const ended = { course, fault };
  attempted(() => log(lineOf(ended)));
  attempted(() => saveEvents?.writeDataPoint(dataPoint(ended)));
}

function lineOf(ended: Ended): string {
  const fields = RECORD_FIELDS.map((field) => [field.name, valueIn(field, ended)] as const);
  return logLine({ event: EVENT, ...Object.fromEntries(fields) });
}

/** Source: Cloudflare, "Workers Analytics Engine", Limits: one index, 20 blobs, 20 doubles. */
function dataPoint(ended: Ended): AnalyticsEngineDataPoint {
  const valuesAs = (as: RecordField["as"]) =>
    RECORD_FIELDS.filter((field) => field.as === as).map((field) => valueIn(field, ended));
  const texts = (as: RecordField["as"]) => valuesAs(as).map((value) => `${value ?? ""}`);
  return {
    indexes: texts("index"),
    blobs: texts("blob"),
    doubles: valuesAs("double").map((value) => Number(value ?? 0)),
  };
}

function valueIn(field: RecordField, ended: Ended): ReturnType<RecordField["of"]> {
  const value = field.of(ended);
  return typeof value === "string" ? cut(value) : value;
}

/** As much of a text as fits, in whole characters. */
function cut(text: string): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(TEXT_BYTES));
  return text.slice(0, read);
}

function attempted(write: () => void): void {
  try {
    write();
  } catch (cause) {
    console.error("a save could not be recorded", cause);
  }
}
