import { beforeAll, describe, expect, test } from "vitest";
import type { PutFault } from "../../support/faults/faulty-saves.ts";
import { putSources } from "../../support/faults/faulty-sources.ts";
import { BUSY, DEFINITE, INTERNAL, r2Error, TRANSIENT } from "../../support/faults/r2-errors.ts";
import { PRIORS } from "../../support/faults/saved.ts";
import { TIMEOUT_MS } from "../../support/faults/scenario.ts";
import { type Ending, save } from "../../support/faults/visits.ts";

beforeAll(() => putSources());

/** Each of them is before the last byte. */
const BEFORE = ["nothing", "half", "all but one"] as const;

/** More often than there is time for. */
const always = (fault: PutFault) => Array.from({ length: 60 }, () => fault);
const summary = ({ code, puts }: Ending) => `${code} after ${puts.length}`;

// Source: save-contract "Two outcomes", 2, 4 and 5.
describe.each(PRIORS)("over %s, a put that fails", (prior) => {
  const saved = (...puts: PutFault[]) => save({ puts }, prior);

  describe.each(Object.entries(TRANSIENT))("with %s", (_, says) => {
    test.each(BEFORE)("after %s is tried again", async (after) => {
      expect(summary(await saved({ after, says }))).toBe("done after 2");
    });

    test("after all is looked for, and is done where it was stored", async () => {
      expect(summary(await saved({ after: "all", says, stores: "with its word" }))).toBe("done after 1");
    });

    test("after all is looked for, and tried again where it was not", async () => {
      expect(summary(await saved({ after: "all", says }))).toBe("done after 2");
    });

    test("after all, whenever it is tried, is saveUnknown, within its time", async () => {
      const ending = await save({ puts: always({ after: "all", says }) }, prior);
      expect(ending.code).toBe("saveUnknown");
      expect(ending.tookMs).toBeLessThanOrEqual(TIMEOUT_MS);
      expect(ending.puts.length).toBeGreaterThan(10);
    });
  });

  test.each(BEFORE)("after %s, whenever it is tried, is saveFailed, within its time", async (after) => {
    const ending = await save({ puts: always({ after, says: INTERNAL }) }, prior);
    expect(ending.code).toBe("saveFailed");
    expect(ending.tookMs).toBeLessThanOrEqual(TIMEOUT_MS);
    expect(ending.puts.length).toBeGreaterThan(10);
  });

  test.each([...BEFORE, "all"] as const)("twice with 429 after %s, and then no more", async (after) => {
    expect(summary(await saved({ after, says: BUSY }, { after, says: BUSY }))).toBe("done after 3");
  });

  // Found here: the last byte was sent to a put that had failed while the deadline was looked at.
  test.each(BEFORE)("after %s never gets the last byte, though somebody still reads", async (after) => {
    const definite = { after: "all", says: r2Error("Access denied.", 10003) } as const;
    const ending = await saved({ after, says: INTERNAL, readsOn: true }, definite);
    expect(summary(ending)).toBe("saveFailed after 2");
  });

  test.each(BEFORE)("after %s, and cancels its body before it says so", async (after) => {
    expect(summary(await saved({ after, says: INTERNAL, cancels: true, takesMs: 1000 }))).toBe("done after 2");
  });

  test("at once is tried again, unless the binding itself refuses", async () => {
    expect(summary(await saved({ after: "nothing", says: INTERNAL, atOnce: true }))).toBe("done after 2");
    const refusing = new TypeError("Incorrect type for the 'customMetadata' field");
    expect(summary(await saved({ after: "nothing", says: refusing, atOnce: true }))).toBe("saveFailed after 1");
  });

  // Found here: an error of the binding's type was taken for its refusal when everything had been sent.
  test("after all with a TypeError proves nothing", async () => {
    const says = new TypeError("The stream was closed");
    expect(summary(await saved({ after: "all", says, stores: "with its word" }))).toBe("done after 1");
    expect((await save({ puts: always({ after: "all", says }) }, prior)).code).toBe("saveUnknown");
  });
});

describe("R2's definite refusal", () => {
  test.each(DEFINITE)("%i (status %i) after all is saveFailed at once", async (code, _, text) => {
    const ending = await save({ puts: [{ after: "all", says: r2Error(text, code) }] }, "an old object");
    expect(summary(ending)).toBe("saveFailed after 1");
    expect(ending.scene.moments).not.toContain("look");
  });

  test.each(BEFORE)("after %s is saveFailed at once", async (after) => {
    const says = r2Error("Access denied.", 10003);
    expect(summary(await save({ puts: [{ after, says }] }, "an old object"))).toBe("saveFailed after 1");
  });

  test("claims nothing where an attempt before it may have been written", async () => {
    const says = r2Error("Access denied.", 10003);
    const puts: PutFault[] = [
      { after: "all", says: INTERNAL, stores: "after the answer" },
      { after: "nothing", says },
    ];
    expect(summary(await save({ puts }, "an old object"))).toBe("saveUnknown after 2");
  });
});
