import { beforeAll, describe, expect, test } from "vitest";
import type { PutFault } from "../../support/faults/faulty-saves.ts";
import { putSources } from "../../support/faults/faulty-sources.ts";
import { INTERNAL } from "../../support/faults/r2-errors.ts";
import { KEY, PRIORS, SOMEBODY_ELSES, stored } from "../../support/faults/saved.ts";
import { TIMEOUT_MS } from "../../support/faults/scenario.ts";
import { type Ending, save } from "../../support/faults/visits.ts";

beforeAll(() => putSources());

/** The default of CommitGrace, and what looking at a key may take. */
const GRACE_MS = 10_000;
const LOOK_MS = 2000;

const summary = ({ code, puts }: Ending) => `${code} after ${puts.length}`;

// Source: save-contract "Two outcomes", 4 and 5.
describe.each(PRIORS)("over %s, a put", (prior) => {
  const saved = (...puts: PutFault[]) => save({ puts }, prior);

  test.each(["nothing", "half"] as const)(
    "that stops after %s and is silent is saveTimeout, in time",
    async (after) => {
      const ending = await saved({ after, says: "silence" });
      expect([summary(ending), ending.tookMs]).toEqual(["saveTimeout after 1", TIMEOUT_MS]);
    },
  );

  test("that took all but the last byte, and then nothing, is saveUnknown: it may have had it", async () => {
    const ending = await saved({ after: "all but one", says: "silence" });
    expect([summary(ending), ending.tookMs]).toEqual(["saveUnknown after 1", TIMEOUT_MS + GRACE_MS]);
  });

  test("that took all and is silent is saveUnknown where nothing is found, CommitGrace past the deadline", async () => {
    const ending = await saved({ after: "all", says: "silence" });
    expect([summary(ending), ending.tookMs]).toEqual(["saveUnknown after 1", TIMEOUT_MS + GRACE_MS]);
  });

  test("that took all, stored it and is silent is done: the key was looked at", async () => {
    const ending = await saved({ after: "all", says: "silence", stores: "with its word" });
    expect([summary(ending), ending.tookMs]).toEqual(["done after 1", TIMEOUT_MS + GRACE_MS]);
  });

  test("that took all, is silent and stores it when we have answered is saveUnknown", async () => {
    const ending = await saved({ after: "all", says: "silence", stores: "after the answer" });
    expect(summary(ending)).toBe("saveUnknown after 1");
  });

  test("whose word comes past the deadline, and within CommitGrace, is done", async () => {
    const takesMs = TIMEOUT_MS + GRACE_MS - 1;
    const ending = await saved({ after: "all", says: "truth", stores: "with its word", takesMs });
    expect([summary(ending), ending.tookMs]).toEqual(["done after 1", takesMs]);
  });

  test("whose word comes past CommitGrace is done by what is found", async () => {
    const takesMs = TIMEOUT_MS + GRACE_MS + 1;
    const ending = await saved({ after: "all", says: "truth", stores: "with its word", takesMs });
    expect(summary(ending)).toBe("done after 1");
    expect(ending.scene.moments).toContain("look");
  });

  test("that fails past the deadline, all taken, is not tried again", async () => {
    const ending = await saved({ after: "all", says: INTERNAL, takesMs: TIMEOUT_MS + 1 });
    expect(summary(ending)).toBe("saveUnknown after 1");
  });

  test("of which nobody can say anything is saveUnknown, at most a look past CommitGrace", async () => {
    const asks = { look: [{ says: "silence" }] } as const;
    const puts: PutFault[] = [{ after: "all", says: "silence", stores: "with its word" }];
    const ending = await save({ puts, asks }, prior);
    expect([summary(ending), ending.tookMs]).toEqual(["saveUnknown after 1", TIMEOUT_MS + GRACE_MS + LOOK_MS]);
  });

  test("that says null to a save without a condition is saveConflict: nothing was written", async () => {
    for (const after of ["nothing", "half", "all but one", "all"] as const) {
      expect(summary(await saved({ after, says: "null" }))).toBe("saveConflict after 1");
    }
  });

  test.each(["nothing", "half", "all but one"] as const)(
    "that says after %s that it is written is not believed, and tried again",
    async (after) => {
      expect(summary(await saved({ after, says: "written" }))).toBe("done after 2");
      const always = Array.from({ length: 60 }, () => ({ after, says: "written" }) as const);
      expect((await saved(...always)).code).toBe("saveUnknown");
    },
  );

  test("that took all and says it has written less is not believed, and tried again", async () => {
    expect(summary(await saved({ after: "all", says: "less is written" }))).toBe("done after 2");
  });

  // Found here: what carried our save-id was taken for ours, however long it was.
  test.each(["half", "all but one"] as const)(
    "that stores no more than it took after %s is not believed",
    async (after) => {
      const part: PutFault = { after, says: "written", stores: "with its word", storesPart: true };
      expect(summary(await saved(part))).toBe("done after 2");
      expect(summary(await saved({ ...part, says: INTERNAL }))).toBe("done after 2");
    },
  );
});

describe.each(PRIORS)("over %s, a put that stores late", (prior) => {
  const saved = (...puts: PutFault[]) => save({ puts }, prior);
  const late: PutFault = { after: "all", says: INTERNAL, stores: "after a look" };

  test("is written once more, with the same bytes", async () => {
    expect(summary(await saved(late))).toBe("done after 2");
  });

  test("is found when the next attempt fails too, be it before its last byte", async () => {
    expect(summary(await saved(late, { after: "all", says: INTERNAL }))).toBe("done after 2");
    expect(summary(await saved(late, { after: "half", says: INTERNAL }))).toBe("done after 2");
  });

  // Found here: where the time ended in an attempt after an unclear one, the key was not looked at any more.
  test("is found when there is no time for the next attempt", async () => {
    const ending = await saved(late, { after: "half", says: "silence" });
    expect([summary(ending), ending.tookMs]).toEqual(["done after 2", TIMEOUT_MS]);
  });

  test("is saveUnknown when the next attempt ends with the time and nothing is there by then", async () => {
    const tooLate: PutFault = { after: "all", says: INTERNAL, stores: "after the answer" };
    for (const after of ["nothing", "half"] as const) {
      expect(summary(await saved(tooLate, { after, says: "silence" }))).toBe("saveUnknown after 2");
    }
    expect(summary(await saved({ after: "all", says: INTERNAL }, { after: "half", says: "silence" }))).toBe(
      "saveUnknown after 2",
    );
  });
});

// Source: save-contract "Two outcomes", 6.
describe("somebody else who writes to the key", () => {
  const elses = async () => expect((await stored(KEY))?.bytes).toEqual(SOMEBODY_ELSES);

  test("behind a put that then says it is written takes nothing from its answer", async () => {
    const puts: PutFault[] = [{ after: "all", says: "truth", stores: "with its word", somebodyElse: "behind" }];
    expect(summary(await save({ puts }, "nothing"))).toBe("done after 1");
    await elses();
  });

  test("behind a put that then fails is written over by the next attempt, which is the last to complete", async () => {
    const puts: PutFault[] = [{ after: "all", says: INTERNAL, stores: "with its word", somebodyElse: "behind" }];
    expect(summary(await save({ puts }, "nothing"))).toBe("done after 2");
  });

  test("behind a put that is then silent leaves nothing to be known", async () => {
    const puts: PutFault[] = [{ after: "all", says: "silence", stores: "with its word", somebodyElse: "behind" }];
    expect(summary(await save({ puts }, "an old object"))).toBe("saveUnknown after 1");
    await elses();
  });

  test("before a put that fails for good stays", async () => {
    const puts: PutFault[] = [{ after: "half", says: new TypeError("not a body"), somebodyElse: "before" }];
    expect(summary(await save({ puts }, "an old object"))).toBe("saveFailed after 1");
    await elses();
  });
});
