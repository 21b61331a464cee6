import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Decision, decide, isConditional } from "../../../src/serve/content/decision.ts";
import { httpDate } from "../../../src/serve/content/http-date.ts";

const WRITTEN = "Fri, 20 Nov 2026 10:00:00 GMT";
const BEFORE = "Fri, 20 Nov 2026 09:59:59 GMT";
const AFTER = "Fri, 20 Nov 2026 10:00:01 GMT";
/** Written in the middle of its second. */
const FILE = { etag: '"abc"', written: Date.parse(WRITTEN) + 700, size: 100 };

const decided = (headers: Record<string, string>, method = "GET") => decide(method, new Headers(headers), FILE);
const whole: Decision = { send: "whole" };
const part: Decision = { send: "part", range: { at: 0, length: 5 } };
const nothing = (because: "notModified" | "preconditionFailed" | "rangeUnsatisfiable"): Decision => ({
  send: "nothing",
  because,
});
const notModified = nothing("notModified");
const failed = nothing("preconditionFailed");

// Source: RFC 9110, 13.1.
describe("one condition alone", () => {
  test.each<[string, string, Decision]>([
    ["If-Match", '"abc"', whole],
    ["If-Match", '"x", "abc"', whole],
    ["If-Match", "*", whole],
    ["If-Match", '"x"', failed],
    // Strong comparison: a weak tag never names a version (13.1.1).
    ["If-Match", 'W/"abc"', failed],
    ["If-Match", "abc", failed],
    ["If-Match", "", failed],
    ["If-None-Match", '"abc"', notModified],
    ["If-None-Match", 'W/"abc"', notModified],
    ["If-None-Match", '"a,b" , "abc"', notModified],
    ["If-None-Match", "*", notModified],
    ["If-None-Match", '"x"', whole],
    ["If-None-Match", "abc", whole],
    ["If-None-Match", "", whole],
    ["If-Modified-Since", WRITTEN, notModified],
    ["If-Modified-Since", AFTER, notModified],
    ["If-Modified-Since", BEFORE, whole],
    ["If-Unmodified-Since", WRITTEN, whole],
    ["If-Unmodified-Since", AFTER, whole],
    ["If-Unmodified-Since", BEFORE, failed],
    // What is no date is as if it were not there (13.1.3, 13.1.4).
    ["If-Modified-Since", "2026-11-20", whole],
    ["If-Modified-Since", "99999", whole],
    ["If-Unmodified-Since", "1", whole],
    ["If-Unmodified-Since", `${BEFORE}, ${BEFORE}`, whole],
    ["Range", "bytes=0-4", part],
    ["Range", "bytes=100-", nothing("rangeUnsatisfiable")],
    ["Range", "bytes=0-1,3-4", whole],
    ["If-Range", '"x"', whole],
  ])("%s: %s", (name, value, decision) => {
    expect(decided({ [name]: value })).toEqual(decision);
  });
});

// Source: RFC 9110, 13.2.2, by its numbers.
describe("several conditions", () => {
  test.each<[string, Record<string, string>, Decision]>([
    [
      "1 before 2: the tag counts, whatever the date says",
      { "If-Match": '"abc"', "If-Unmodified-Since": BEFORE },
      whole,
    ],
    ["1 before 2: also where the date holds", { "If-Match": '"x"', "If-Unmodified-Since": AFTER }, failed],
    ["1 before 3", { "If-Match": '"x"', "If-None-Match": '"abc"' }, failed],
    ["1, then 3", { "If-Match": '"abc"', "If-None-Match": '"abc"' }, notModified],
    ["1, then 4", { "If-Match": '"abc"', "If-Modified-Since": WRITTEN }, notModified],
    ["2 before 3", { "If-Unmodified-Since": BEFORE, "If-None-Match": '"abc"' }, failed],
    ["2, then 3", { "If-Unmodified-Since": AFTER, "If-None-Match": '"abc"' }, notModified],
    ["2, then 4", { "If-Unmodified-Since": AFTER, "If-Modified-Since": AFTER }, notModified],
    ["3 instead of 4: another tag", { "If-None-Match": '"x"', "If-Modified-Since": AFTER }, whole],
    ["3 instead of 4: this tag", { "If-None-Match": '"abc"', "If-Modified-Since": BEFORE }, notModified],
    ["3 before 5", { "If-None-Match": '"abc"', Range: "bytes=0-4" }, notModified],
    ["4 before 5", { "If-Modified-Since": AFTER, Range: "bytes=0-4" }, notModified],
    ["1 before 5", { "If-Match": '"x"', Range: "bytes=0-4" }, failed],
    ["1 before what cannot be satisfied", { "If-Match": '"x"', Range: "bytes=100-" }, failed],
    ["1, then a part", { "If-Match": '"abc"', Range: "bytes=0-4" }, part],
    ["5: this version", { "If-Range": '"abc"', Range: "bytes=0-4" }, part],
    ["5: another version", { "If-Range": '"x"', Range: "bytes=0-4" }, whole],
    ["5: another version, which can do with any range", { "If-Range": '"x"', Range: "bytes=100-" }, whole],
    ["5: weakly this version", { "If-Range": 'W/"abc"', Range: "bytes=0-4" }, whole],
    ["5: no list", { "If-Range": '"abc", "x"', Range: "bytes=0-4" }, whole],
    // 8.8.2.2: nobody knows whether there were two versions within that second.
    ["5: its date", { "If-Range": WRITTEN, Range: "bytes=0-4" }, whole],
    ["5: another date", { "If-Range": AFTER, Range: "bytes=0-4" }, whole],
  ])("%s", (_, headers, decision) => {
    expect(decided(headers)).toEqual(decision);
  });
});

// Source: RFC 9110, 14.2: Range is of GET alone.
test("of a HEAD everything counts but ranges", () => {
  expect(decided({ Range: "bytes=0-4" }, "HEAD")).toEqual(whole);
  expect(decided({ Range: "bytes=100-" }, "HEAD")).toEqual(whole);
  expect(decided({ "If-None-Match": '"abc"' }, "HEAD")).toEqual(notModified);
  expect(decided({ "If-Match": '"x"' }, "HEAD")).toEqual(failed);
});

test("whatever its headers say, a request that is not conditional is answered with all of the file", () => {
  const names = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range"];
  const values = fc.constantFrom(
    '"abc"',
    '"x"',
    'W/"abc"',
    "*",
    WRITTEN,
    BEFORE,
    AFTER,
    "bytes=0-4",
    "bytes=100-",
    "x",
  );
  const headers = fc.dictionary(fc.constantFrom(...names), values);
  fc.assert(
    fc.property(headers, (given) => {
      if (isConditional(new Headers(given))) return;
      expect(decided(given)).toEqual(whole);
    }),
  );
});

// Source: RFC 9110, 5.6.7.
describe("dates of headers", () => {
  test.each([["Sun, 06 Nov 1994 08:49:37 GMT"], ["Sunday, 06-Nov-94 08:49:37 GMT"], ["Sun Nov  6 08:49:37 1994"]])(
    "%s is one",
    (text) => {
      expect(httpDate(text)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37));
    },
  );

  test.each([
    [""],
    ["1994"],
    ["06 Nov 1994"],
    ["1994-11-06T08:49:37Z"],
    ["Sun, 06 Nov 1994 08:49:37 +0100"],
    ["Sun, 06 Xyz 1994 08:49:37 GMT"],
  ])("%j is none", (text) => {
    expect(httpDate(text)).toBeUndefined();
  });
});
