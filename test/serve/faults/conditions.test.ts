import { beforeAll, describe, expect, test } from "vitest";
import type { Asks } from "../../support/faults/faulty-asking.ts";
import type { PutFault } from "../../support/faults/faulty-saves.ts";
import { putSources } from "../../support/faults/faulty-sources.ts";
import { BUSY, INTERNAL } from "../../support/faults/r2-errors.ts";
import { KEY, OLD, type Prior, prepare, SOMEBODY_ELSES, stored } from "../../support/faults/saved.ts";
import type { Scenario } from "../../support/faults/scenario.ts";
import { type Ending, save } from "../../support/faults/visits.ts";

let oldEtag = "";

beforeAll(async () => {
  await putSources();
  await prepare("an old object");
  // The same bytes have the same etag, however often they are put.
  oldEtag = (await stored(KEY))?.etag ?? "";
});

interface Condition {
  readonly name: string;
  readonly prior: Prior;
  /** What the bucket holds under which the condition holds. */
  readonly given: () => Pick<Scenario, "init" | "vars">;
}

/** Each of them with what must be there for it to hold. */
const CONDITIONS: readonly Condition[] = [
  {
    name: "If-None-Match: *",
    prior: "nothing",
    given: () => ({ init: { method: "POST", headers: { "If-None-Match": "*" } } }),
  },
  {
    name: "Overwrite = false",
    prior: "nothing",
    given: () => ({ vars: { Overwrite: "false" } }),
  },
  {
    name: "If-Match",
    prior: "an old object",
    given: () => ({ init: { method: "POST", headers: { "If-Match": `"${oldEtag}"` } } }),
  },
];

const other = (prior: Prior): Prior => (prior === "nothing" ? "an old object" : "nothing");
const summary = ({ code, puts }: Ending) => `${code} after ${puts.length}`;

// Source: save-contract "Two outcomes", 5 and 8.
describe.each(CONDITIONS)("a save with $name", ({ prior, given }) => {
  const saved = async (puts: readonly PutFault[], asks: Asks = {}) =>
    summary(await save({ ...given(), puts, asks }, prior));
  /** What is there at the end. */
  const there = async () => (await stored(KEY))?.bytes;

  test("is saveConflict before any put where it does not hold", async () => {
    expect(summary(await save(given(), other(prior)))).toBe("saveConflict after 0");
  });

  test.each(["nothing", "half", "all but one", "all"] as const)(
    "is tried again when a put fails after %s, under the same condition",
    async (after) => {
      expect(await saved([{ after, says: INTERNAL }])).toBe("done after 2");
      expect(
        await saved([
          { after, says: INTERNAL },
          { after, says: BUSY },
        ]),
      ).toBe("done after 3");
    },
  );

  test("that was written by a put that failed is found, and not taken for somebody else's", async () => {
    expect(await saved([{ after: "all", says: INTERNAL, stores: "with its word" }])).toBe("done after 1");
    // Not there when it was looked for: the next attempt runs into it.
    expect(await saved([{ after: "all", says: INTERNAL, stores: "after a look" }])).toBe("done after 2");
    expect(await saved([{ after: "all", says: BUSY, stores: "after a look" }])).toBe("done after 2");
  });

  test("is saveConflict where somebody else came first", async () => {
    expect(await saved([{ after: "all", says: "truth", stores: "with its word", somebodyElse: "before" }])).toBe(
      "saveConflict after 1",
    );
    expect(await there()).toEqual(SOMEBODY_ELSES);
  });

  test("is saveConflict where somebody else came first, and an attempt before failed without a last byte", async () => {
    for (const after of ["nothing", "half", "all but one"] as const) {
      const puts: PutFault[] = [{ after, says: INTERNAL, somebodyElse: "behind" }];
      expect(await saved(puts)).toBe("saveConflict after 2");
      expect(await there()).toEqual(SOMEBODY_ELSES);
    }
  });

  // Found here: after 429 for all of the bytes, a condition that no longer held was saveConflict without a look.
  test.each([INTERNAL, BUSY])(
    "claims nothing where somebody else is there behind an unclear attempt: %s",
    async (says) => {
      const puts: PutFault[] = [{ after: "all", says, somebodyElse: "behind" }];
      expect(await saved(puts)).toBe("saveUnknown after 2");
      expect(await there()).toEqual(SOMEBODY_ELSES);
      expect(await saved([{ after: "all", says, stores: "with its word", somebodyElse: "behind" }])).toBe(
        "saveUnknown after 2",
      );
    },
  );

  test("claims nothing where an attempt ran into it and the key cannot be looked at", async () => {
    const puts: PutFault[] = [{ after: "all", says: INTERNAL, stores: "with its word" }];
    const look = [{ says: INTERNAL }, { says: "silence" }] as const;
    expect(await saved(puts, { look })).toBe("saveUnknown after 2");
  });

  test("is saveConflict when the bucket says null at once, before it has the body", async () => {
    expect(await saved([{ after: "nothing", says: "null" }])).toBe("saveConflict after 1");
    expect(await saved([{ after: "all but one", says: "null" }])).toBe("saveConflict after 1");
    expect(await there()).toEqual(prior === "nothing" ? undefined : OLD);
  });
});
