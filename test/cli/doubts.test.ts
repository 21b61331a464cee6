import { describe, expect, test } from "vitest";
import type { EntryState } from "../../cli/save/journal-lines.ts";
import { CONFLICT, type Event, refused, SAVED, savedList, UNCLEAR } from "../support/saving-list.ts";

const HOUR = 3_600_000;
const conditionsOf = (events: readonly Event[]) =>
  events.flatMap((event) => ("sent" in event ? [event.condition] : []));
const doubtful = (since = Date.now() - 1000): ReadonlyMap<number, EntryState> =>
  new Map([[0, { is: "doubt", since, last: since }]]);
const NOTHING = { replaces: "nothing" };

describe("a save whose answer never came", () => {
  test("is asked for again at the end, only where nothing is.", async () => {
    const { outcome, events } = await savedList({
      count: 3,
      answer: ({ index }, attempt) => (index === 0 && attempt === 1 ? UNCLEAR : SAVED),
      work: { jobs: 1 },
    });
    expect(events.flatMap((event) => ("sent" in event ? [[event.sent, event.condition]] : []))).toEqual([
      [0, undefined],
      [1, undefined],
      [2, undefined],
      [0, NOTHING],
    ]);
    expect(outcome.tally).toMatchObject({ saved: 3, found: 0, failed: 0 });
  });

  test("of an earlier run is likewise, after all others.", async () => {
    const { events } = await savedList({ count: 2, states: doubtful(), answer: () => SAVED });
    expect(events.flatMap((event) => ("sent" in event ? [[event.sent, event.condition]] : []))).toEqual([
      [1, undefined],
      [0, NOTHING],
    ]);
  });

  test("is saved where something is that was written since: it is not written again.", async () => {
    const { outcome, events } = await savedList({
      ...{ states: doubtful(), answer: () => CONFLICT },
      there: { is: "object", etag: "theirs", uploaded: Date.now() },
    });
    expect(conditionsOf(events)).toEqual([NOTHING]);
    expect(events.at(-1)).toMatchObject({ saved: 0, etag: "theirs" });
    expect(outcome.tally).toMatchObject({ saved: 1, found: 0 });
  });

  test("replaces what is older than it, that version and no other.", async () => {
    const { outcome, events } = await savedList({
      states: doubtful(),
      answer: (_, __, condition) => (condition?.replaces === "version" ? SAVED : CONFLICT),
      there: { is: "object", etag: "old", uploaded: Date.now() - HOUR },
    });
    expect(conditionsOf(events)).toEqual([NOTHING, { replaces: "version", etag: "old" }]);
    expect(outcome.tally).toMatchObject({ saved: 1, found: 0 });
  });

  test("looks again where that version was replaced while it was looked at.", async () => {
    const { outcome, events } = await savedList({
      states: doubtful(),
      answer: (_, attempt, condition) => (condition?.replaces === "version" && attempt > 2 ? SAVED : CONFLICT),
      there: { is: "object", etag: "old", uploaded: Date.now() - HOUR },
    });
    expect(conditionsOf(events)).toHaveLength(4);
    expect(outcome.tally).toMatchObject({ saved: 1 });
  });

  test("is measured by the server's clock, where that is another one.", async () => {
    const at = Date.now() + HOUR;
    const conflict = { ...CONFLICT, at } as typeof CONFLICT;
    const uploaded = (ms: number) => ({ is: "object", etag: "e", uploaded: ms }) as const;
    const settled = (there: ReturnType<typeof uploaded>) =>
      savedList({ states: doubtful(), there, answer: (_, __, is) => (is?.replaces === "version" ? SAVED : conflict) });
    // By our clock it would be of the future, and ours: it lay there half an hour before.
    expect(conditionsOf((await settled(uploaded(Date.now() + HOUR / 2))).events)).toHaveLength(2);
    expect(conditionsOf((await settled(uploaded(at))).events)).toHaveLength(1);
  });

  test.each([{ is: "untold" }, { is: "nothing" }] as const)(
    "counts as saved where something is and the server shows %j, and it is said that this was not seen.",
    async (there) => {
      const { outcome, events } = await savedList({ states: doubtful(), answer: () => CONFLICT, there });
      expect(conditionsOf(events)).toEqual([NOTHING]);
      expect(outcome.tally).toMatchObject({ saved: 1, found: 1 });
    },
  );

  test("whose file is too large for a condition is looked for, and sent without one where it is not to be seen.", async () => {
    const answer = (_: unknown, __: number, condition: unknown) =>
      condition === undefined ? SAVED : refused("saveTooLargeForCondition");
    const there = { is: "object", etag: "e", uploaded: Date.now() } as const;
    const ours = await savedList({ states: doubtful(), answer, there });
    expect(conditionsOf(ours.events)).toEqual([NOTHING]);
    const old = await savedList({ states: doubtful(), answer, there: { ...there, uploaded: there.uploaded - HOUR } });
    expect(conditionsOf(old.events)).toEqual([NOTHING, undefined]);
    expect([ours.outcome.tally.saved, old.outcome.tally.saved]).toEqual([1, 1]);
  });

  test("that brings no answer again and again has failed, and stays in doubt for the next run.", async () => {
    const since = Date.now() - 1000;
    const { outcome, events } = await savedList({ states: doubtful(since), answer: () => UNCLEAR });
    expect(conditionsOf(events)).toEqual([NOTHING, NOTHING, NOTHING, NOTHING]);
    expect(events.at(-1)).toMatchObject({ failed: 0, error: "noAnswer", doubtSince: since });
    expect(outcome.tally).toMatchObject({ saved: 0, failed: 1 });
  });

  test("is not asked for while it may be under way at the server, and an interruption ends that wait.", async () => {
    const controller = new AbortController();
    const { outcome, events, notes } = await savedList({
      ...{ states: doubtful(), answer: () => SAVED },
      work: {
        settlesMs: HOUR,
        interrupted: controller.signal,
        progress: { begin() {}, saved() {}, failed() {}, note: () => controller.abort(), end() {} },
      },
    });
    expect([events, notes]).toEqual([[], []]);
    expect(outcome.tally.open).toBe(1);
  });

  test("long ago is under way no more, and not waited for.", async () => {
    const { outcome } = await savedList({
      ...{ states: doubtful(Date.now() - HOUR), answer: () => SAVED },
      work: { settlesMs: HOUR },
    });
    expect(outcome.tally.saved).toBe(1);
  });
});
