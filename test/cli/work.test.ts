import { describe, expect, test } from "vitest";
import type { JournalLine } from "../../cli/save/journal-lines.ts";
import { type Event, entryOf, refused, SAVED, savedList, UNCLEAR } from "../support/saving-list.ts";

const sentOf = (events: readonly Event[]) => events.flatMap((event) => ("sent" in event ? [event.sent] : []));
const kindOf = (event: Event) => ["begun", "sent", "saved", "failed"].find((kind) => kind in event);

describe("a list", () => {
  test("Each is saved once, and no more than so many at a time.", async () => {
    const { outcome, events, most } = await savedList({
      count: 50,
      answer: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return SAVED;
      },
    });
    expect(outcome.tally).toMatchObject({ total: 50, saved: 50, failed: 0, open: 0 });
    expect(sentOf(events).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at));
    expect(most).toBe(4);
  });

  test("That a save is begun is in the journal before it is sent, and its end before the next of its job.", async () => {
    const { events } = await savedList({ count: 3, answer: () => SAVED, work: { jobs: 1 } });
    expect(events.map(kindOf)).toEqual(Array.from({ length: 3 }, () => ["begun", "sent", "saved"]).flat());
  });

  test("Nothing is sent that the journal has not taken.", async () => {
    const append = async (line: JournalLine) => {
      if ("begun" in line && line.begun === 2) throw new Error("the disk is full");
    };
    const events: number[] = [];
    const answer = ({ index }: { readonly index: number }) => {
      events.push(index);
      return SAVED;
    };
    await expect(savedList({ count: 9, answer, append, work: { jobs: 1 } })).rejects.toThrow("the disk is full");
    expect(events).toEqual([0, 1]);
  });

  test("What was saved before is not sent; what failed before is.", async () => {
    const states = new Map([
      [0, { is: "saved", etag: "e" }],
      [1, { is: "failed" }],
    ] as const);
    const { outcome, events } = await savedList({ count: 3, states, answer: () => SAVED });
    expect(sentOf(events)).toEqual([1, 2]);
    expect(outcome.tally).toMatchObject({ total: 3, before: 1, saved: 2, open: 0 });
  });
});

describe("failures", () => {
  test("What passes is tried again, and so often.", async () => {
    const { outcome, events } = await savedList({
      count: 2,
      answer: ({ index }, attempt) =>
        index === 0 && attempt < 4 ? refused("storage", true) : index === 0 ? SAVED : refused("saveTimeout", true),
    });
    expect(sentOf(events).filter((index) => index === 0)).toHaveLength(4);
    expect(sentOf(events).filter((index) => index === 1)).toHaveLength(4);
    expect(outcome.tally).toMatchObject({ saved: 1, failed: 1, failures: [{ error: "saveTimeout", count: 1 }] });
  });

  test("What is wrong in the request is sent once.", async () => {
    const { outcome, events } = await savedList({ answer: () => refused("sourceMissing") });
    expect(events.map(kindOf)).toEqual(["begun", "sent", "failed"]);
    expect(outcome.tally.failures).toEqual([
      { error: "sourceMissing", count: 1, entry: entryOf(0), message: "why sourceMissing" },
    ]);
  });

  test("The server is not asked again before the time that it has named.", async () => {
    const times: number[] = [];
    await savedList({
      answer: (_, attempt) => {
        times.push(performance.now());
        return attempt === 1 ? refused("http429", true, 120) : SAVED;
      },
    });
    // Timers may fire a millisecond early.
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(118);
  });

  test("What all would meet ends the list: the rest is not sent, and open.", async () => {
    const { outcome, events } = await savedList({ count: 100, answer: () => refused("tokenWrong"), work: { jobs: 2 } });
    expect(sentOf(events).length).toBeLessThanOrEqual(2);
    expect(outcome.stoppedBy).toContain("why tokenWrong");
    expect(outcome.tally.failed + outcome.tally.open).toBe(100);
  });

  test("When no answers come any more the list ends, and the rest is open; now and then one is missing, and it goes on.", async () => {
    const silent = await savedList({ count: 100, answer: () => UNCLEAR, work: { jobs: 2 } });
    expect(sentOf(silent.events).length).toBeLessThanOrEqual(21);
    expect(silent.outcome.stoppedBy).toContain("20 in a row");
    expect(silent.outcome.tally).toMatchObject({ saved: 0, failed: 0, open: 100 });
    const patchy = await savedList({
      count: 100,
      answer: ({ index }, attempt) => (index % 3 === 0 && attempt === 1 ? UNCLEAR : SAVED),
    });
    expect(patchy.outcome).toMatchObject({ tally: { saved: 100 } });
    expect(patchy.outcome).not.toHaveProperty("stoppedBy");
  });

  test("A file of another type than its name says is counted, with an example.", async () => {
    const { outcome } = await savedList({ answer: () => ({ ...SAVED, type: "image/png" }) as typeof SAVED });
    expect(outcome.tally.misnamed).toEqual({ count: 1, example: "0.jpg is image/png" });
  });
});

describe("an interruption", () => {
  test("Nothing is begun after it; what is under way is waited for, and counts.", async () => {
    const controller = new AbortController();
    const { outcome, events } = await savedList({
      count: 40,
      answer: async ({ index }) => {
        if (index === 3) controller.abort();
        await new Promise((resolve) => setImmediate(resolve));
        return SAVED;
      },
      work: { interrupted: controller.signal },
    });
    expect(sentOf(events)).toEqual([0, 1, 2, 3]);
    expect(events.filter((event) => "saved" in event)).toHaveLength(4);
    expect(outcome.tally).toMatchObject({ saved: 4, failed: 0, open: 36 });
  });

  test("One that waits for its next attempt is given up, and is open: a later run tries it again.", async () => {
    const controller = new AbortController();
    const { outcome, events } = await savedList({
      answer: () => {
        setImmediate(() => controller.abort());
        return refused("storage", true, 60_000);
      },
      work: { interrupted: controller.signal },
    });
    expect(sentOf(events)).toEqual([0]);
    expect(outcome.tally).toMatchObject({ saved: 0, failed: 0, open: 1 });
  });

  test("One without an answer stays in doubt.", async () => {
    const controller = new AbortController();
    const { outcome, events } = await savedList({
      answer: () => {
        controller.abort();
        return UNCLEAR;
      },
      work: { interrupted: controller.signal },
    });
    expect(events.map(kindOf)).toEqual(["begun", "sent"]);
    expect(outcome.tally.open).toBe(1);
  });
});
