import { expect, test } from "vitest";
import PAGE from "../../docs/saving.md?raw";
import { FAULTS } from "../../src/faults.ts";
import { STAGES } from "../../src/render/stopwatch.ts";
import { TEXT_BYTES } from "../../src/serve/save/record.ts";
import { RECORD_FIELDS, type RecordField } from "../../src/serve/save/record-fields.ts";

const namesOf = (as: RecordField["as"]) => RECORD_FIELDS.filter((field) => field.as === as).map(({ name }) => name);

// Queries name columns by their place: a change of these is a change to every query there is.
test("every column of the data set keeps its place", () => {
  expect(namesOf("index")).toEqual(["outcome"]);
  expect(namesOf("blob")).toEqual(["error", "object", "key", "type", "version"]);
  expect(namesOf("double")).toEqual([
    ...["ms", "pixels", "bytes", "peakBytes", "attempts", "warnings", "hungUp"],
    ...["admitMs", "placeMs", "readMs", "decodeMs", "stepsMs", "encodeMs", "storeMs", "waitMs"],
    "parts",
  ]);
});

// Source: Cloudflare, "Workers Analytics Engine", Limits.
test("a data point is within the limits, whatever its texts", () => {
  expect(namesOf("index")).toHaveLength(1);
  expect(namesOf("blob").length).toBeLessThanOrEqual(20);
  expect(namesOf("double").length).toBeLessThanOrEqual(20);
  expect(namesOf("blob").length * TEXT_BYTES).toBeLessThanOrEqual(16 * 1024);
  for (const outcome of ["done", "failed", "timeout"]) expect(outcome.length).toBeLessThanOrEqual(96);
});

test("no stage in which time passes is without a field", () => {
  for (const stage of STAGES) expect(namesOf("double")).toContain(`${stage}Ms`);
});

test("names are told apart, and every error is short enough to be one", () => {
  const names = RECORD_FIELDS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const code of Object.keys(FAULTS)) expect(code.length).toBeLessThan(TEXT_BYTES);
});

test("docs/saving.md names every field, in its order and at its column", () => {
  const [, log = ""] = PAGE.split("## The log");
  const rows = [...log.matchAll(/^\| (`[^|]*`) \|([^|]*)\|/gm)].map(([, names = "", column = ""]) => ({
    names: [...names.matchAll(/\w+/g)].map(([name]) => name),
    column: column.trim(),
  }));
  const told = rows.flatMap(({ names, column }) => {
    const [, as, first = 0] = /^(index|blob|double)s? (\d+)/.exec(column) ?? [];
    return names.map((name, at) => (as === undefined ? name : `${name}: ${as} ${Number(first) + at}`));
  });
  const places = (as: RecordField["as"]) => namesOf(as).map((name, at) => `${name}: ${as} ${at + 1}`);
  expect(told).toEqual(["event", ...places("index"), ...places("blob"), ...places("double")]);
});
