import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Entry } from "../../cli/save/entries.ts";
import { headFor, type JournalLine, readJournal } from "../../cli/save/journal-lines.ts";

const SERVER = new URL("https://pictures.example/");
const entry = (index: number): Entry => ({
  ...{ index, line: index + 1, url: `/is/image/${index}`, name: `ö${index}.jpg` },
  path: `/is/image/${index}?req=saveToFile&name=%C3%B6${index}.jpg`,
});
const HEAD = headFor(SERVER, [entry(0), entry(1), entry(2)], 1000);

const bytesOf = (lines: readonly unknown[]) =>
  new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));

function read(lines: readonly JournalLine[]) {
  const journal = readJournal(bytesOf([HEAD, ...lines]));
  if (typeof journal !== "object") throw new Error(journal ?? "not even a first line");
  return journal;
}

const begun = (index: number, at = 1): JournalLine => ({ begun: index, name: `ö${index}.jpg`, at });
const saved = (index: number, at = 2): JournalLine => ({
  ...{ saved: index, name: `ö${index}.jpg`, etag: `e${index}`, size: 5, url: "u", at },
});
const failed = (index: number, at = 2, doubtSince?: number): JournalLine => ({
  ...{ failed: index, name: `ö${index}.jpg`, error: "maxPix", message: "too\nlarge", at },
  ...(doubtSince === undefined ? {} : { doubtSince }),
});

describe("what a journal says of a save", () => {
  test.each([
    ["nothing", [], undefined],
    ["that it was begun: nobody knows", [begun(0)], { is: "doubt", since: 1, last: 1 }],
    ["that it was saved", [begun(0), saved(0)], { is: "saved", etag: "e0" }],
    ["that it failed", [begun(0), failed(0)], { is: "failed" }],
    [
      "that it failed and was begun again: nobody knows",
      [begun(0), failed(0), begun(0, 3)],
      { is: "doubt", since: 3, last: 3 },
    ],
    ["that it was begun twice: since the first of them", [begun(0), begun(0, 9)], { is: "doubt", since: 1, last: 9 }],
    [
      "that it failed after one without an answer: that may have been saved",
      [begun(0), begun(0, 5), failed(0, 6, 1)],
      { is: "doubt", since: 1, last: 6 },
    ],
    [
      "that it was saved after all",
      [begun(0), begun(0, 5), failed(0, 6, 1), begun(0, 7), saved(0, 8)],
      { is: "saved", etag: "e0" },
    ],
  ] as const)("%s", (_, lines, state) => {
    expect(read([begun(1), ...lines, saved(1)]).states.get(0)).toEqual(state);
  });
});

describe("a journal that was cut off", () => {
  const LINES = [begun(0), begun(1), saved(1), failed(0), begun(2), begun(0, 5), saved(2), saved(0, 9)];

  test("At whatever byte: it says what its whole lines say, and where they end.", () => {
    const all = bytesOf([HEAD, ...LINES]);
    for (let cut = 0; cut <= all.length; cut++) {
      const whole = all.subarray(0, cut).filter((byte) => byte === 0x0a).length;
      const journal = readJournal(all.subarray(0, cut));
      if (whole === 0) {
        expect(journal).toBeUndefined();
        continue;
      }
      const kept = bytesOf([HEAD, ...LINES.slice(0, whole - 1)]);
      expect(journal).toEqual({ ...read(LINES.slice(0, whole - 1)), wholeBytes: kept.length });
    }
  });

  test("Never is a save forgotten that was sent, or one taken as saved whose answer was not written.", () => {
    const run = fc.array(fc.tuple(fc.nat(2), fc.constantFrom("begun", "saved", "failed")), { maxLength: 20 });
    fc.assert(
      fc.property(run, fc.double({ min: 0, max: 1, noNaN: true }), (steps, where) => {
        const lines = steps.map(([index, is], at) =>
          is === "begun" ? begun(index, at) : is === "saved" ? saved(index, at) : failed(index, at),
        );
        const all = bytesOf([HEAD, ...lines]);
        const start = bytesOf([HEAD]).length;
        const cut = start + Math.floor(where * (all.length - start));
        const journal = readJournal(all.subarray(0, cut));
        if (typeof journal !== "object") throw new Error("a journal is wanted");
        const written = new TextDecoder().decode(all.subarray(start, journal.wholeBytes)).split("\n").slice(0, -1);
        for (const index of [0, 1, 2]) {
          const last = written
            .map((line) => JSON.parse(line))
            .findLast((line) => [line.begun, line.saved, line.failed].includes(index));
          const is = last === undefined ? undefined : "begun" in last ? "doubt" : "saved" in last ? "saved" : "failed";
          expect(journal.states.get(index)?.is).toBe(is);
        }
      }),
    );
  });
});

describe("what is no journal", () => {
  test.each([
    ["", "# a list\n"],
    ["", '{"fixative":2,"server":"x","list":"y"}\n'],
    ["", "null\n"],
  ])("%s%j is refused by its first line.", (_, text) => {
    expect(readJournal(new TextEncoder().encode(text))).toContain("line 1 ");
  });

  test.each([
    {},
    { at: 1 },
    { begun: "0", at: 1 },
    { begun: 0 },
    { begun: 0, saved: 0, at: 1 },
    { begun: 0.5, at: 1 },
    null,
    7,
  ])("A line %j in the middle is refused: what stands there is not known.", (line) => {
    expect(readJournal(bytesOf([HEAD, begun(0), line, saved(0)]))).toContain("line 3 ");
  });
});

test("A list is another one as soon as a name, a modifier or the order is.", () => {
  const lists = [
    [entry(0), entry(1)],
    [entry(1), entry(0)],
    [entry(0)],
    [entry(0), { ...entry(1), name: "other.jpg" }],
    [entry(0), { ...entry(1), path: "/is/image/1?wid=5" }],
  ];
  expect(new Set(lists.map((entries) => headFor(SERVER, entries, 1).list)).size).toBe(lists.length);
  expect(headFor(SERVER, [entry(0)], 1).list).toBe(headFor(SERVER, [{ ...entry(0), line: 9 }], 2).list);
});
