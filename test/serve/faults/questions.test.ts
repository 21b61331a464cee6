import { beforeAll, describe, expect, test } from "vitest";
import type { AskFault, Question } from "../../support/faults/faulty-asking.ts";
import type { PutFault } from "../../support/faults/faulty-saves.ts";
import { putSources } from "../../support/faults/faulty-sources.ts";
import { INTERNAL } from "../../support/faults/r2-errors.ts";
import { PRIORS } from "../../support/faults/saved.ts";
import { type Scenario, TIMEOUT_MS } from "../../support/faults/scenario.ts";
import { type Ending, save } from "../../support/faults/visits.ts";

beforeAll(() => putSources());

/** What a save looks up before it makes its picture, and the circumstances under which it does. */
const BEFOREHAND: readonly (readonly [Question, Scenario])[] = [
  ["folder marker", {}],
  ["folder list", { folder: "unmarked" }],
  ["condition", { vars: { Overwrite: "false" } }],
  ["sample", { vars: { SharedBucket: "0" } }],
  ["list of sources", { vars: { SharedBucket: "0" } }],
  ["sample of sources", { vars: { SharedBucket: "0" } }],
];

const FAILURES: readonly (readonly [what: string, AskFault])[] = [
  ["fails", { says: new Error("head: We encountered an internal error. Please try again. (10001)") }],
  ["fails after a second", { says: new Error("Network connection lost."), takesMs: 1000 }],
  ["throws", { says: new TypeError("not a key"), atOnce: true }],
];

const calls = ({ scene }: Ending) => scene.moments.filter((moment) => /^(start|file|put)/.test(moment));

describe.each(BEFOREHAND)("where the answer about the %s", (question, circumstances) => {
  const asked = (fault: AskFault) => save({ ...circumstances, asks: { [question]: [fault] } }, "nothing");

  test.each(FAILURES)("%s, it is 403 storage, before any source is read", async (_, fault) => {
    const ending = await asked(fault);
    expect([ending.code, calls(ending)]).toEqual(["storage", []]);
  });

  test("never comes, it is saveTimeout at the deadline", async () => {
    const ending = await asked({ says: "silence" });
    expect([ending.code, ending.tookMs, calls(ending)]).toEqual(["saveTimeout", TIMEOUT_MS, []]);
  });

  test("comes late, the save is done as long as there is time, and else is not begun", async () => {
    expect((await asked({ takesMs: TIMEOUT_MS / 2 })).code).toBe("done");
    const ending = await asked({ takesMs: TIMEOUT_MS });
    expect([ending.code, calls(ending)]).toEqual(["saveTimeout", []]);
  });
});

// Source: save-contract "Two outcomes", 5.
describe.each(PRIORS)("over %s, where the look at the key after an unclear put", (prior) => {
  const puts: PutFault[] = [{ after: "all", says: INTERNAL, stores: "with its word" }];
  const looked = (...look: AskFault[]) => save({ puts, asks: { look } }, prior);
  const summary = ({ code, puts: made }: Ending) => `${code} after ${made.length}`;

  test.each(FAILURES)("%s, it is written again", async (_, fault) => {
    expect(summary(await looked(fault))).toBe("done after 2");
  });

  test("never comes, it is written again after two seconds", async () => {
    const ending = await looked({ says: "silence" });
    expect(summary(ending)).toBe("done after 2");
    expect(ending.tookMs).toBeGreaterThanOrEqual(2000);
    expect(ending.tookMs).toBeLessThan(3000);
  });

  test("comes too late to be waited for, it is written again", async () => {
    expect(summary(await looked({ takesMs: 2001 }))).toBe("done after 2");
  });
});
