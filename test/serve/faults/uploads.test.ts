import { beforeAll, describe, expect, test } from "vitest";
import { putSources } from "../../support/faults/faulty-sources.ts";
import { LONG, type LongEnding, type LongScenario, saveLong } from "../../support/faults/long-saves.ts";
import { DEFINITE, INTERNAL, r2Error, TRANSIENT } from "../../support/faults/r2-errors.ts";
import { PRIORS } from "../../support/faults/saved.ts";
import { TIMEOUT_MS } from "../../support/faults/scenario.ts";
import { actAt, actable } from "../../support/faults/scene.ts";
import type { CallFault, UploadCall } from "../../support/faults/upload-bucket.ts";
import { cut, MIB } from "../../support/long-files.ts";

beforeAll(() => putSources());

const GRACE_MS = 10_000;
const ABORT_MS = 2000;
const LOOK_MS = 2000;
const DENIED = r2Error("Access denied.", 10003);

const always = (fault: CallFault) => Array.from({ length: 60 }, () => fault);
const callsOf = ({ bucket }: LongEnding) => bucket.calls.join(", ");

// Source: save-contract "Two outcomes".
describe.each(PRIORS)("over %s, a save that is longer than a piece", (prior) => {
  const saved = (scenario: LongScenario = {}) => saveLong(scenario, prior);

  test("is uploaded in parts of 5 MiB, one after the other, and completed", async () => {
    const ending = await saved();
    expect([ending.code, callsOf(ending)]).toEqual(["done", "create, part 1, part 2, part 3, complete"]);
    expect(ending.record).toMatchObject({ outcome: "done", parts: 3, attempts: 1, bytes: LONG.length });
  });

  test.each(Object.entries(TRANSIENT))("sends again what fails with %s, and is done", async (_, says) => {
    for (const [call, calls] of [
      ["create", "create, create, part 1, part 2, part 3, complete"],
      ["part", "create, part 1, part 1, part 2, part 3, complete"],
      ["complete", "create, part 1, part 2, part 3, complete, look, complete"],
    ] as const) {
      const ending = await saved({ faults: { [call]: [{ says }] } });
      expect([call, ending.code, callsOf(ending)]).toEqual([call, "done", calls]);
      expect(ending.record).toMatchObject({ attempts: 2 });
    }
  });

  test("sends a part again that was taken, and whose word was lost", async () => {
    const ending = await saved({ faults: { part: [undefined, { says: INTERNAL, does: true }] } });
    expect([ending.code, callsOf(ending)]).toEqual(["done", "create, part 1, part 2, part 2, part 3, complete"]);
  });

  test.each(["create", "part"] as const)("is saveFailed within its time where %s always fails", async (call) => {
    const ending = await saved({ faults: { [call]: always({ says: INTERNAL }) } });
    expect(ending.code).toBe("saveFailed");
    expect(ending.tookMs).toBeLessThanOrEqual(TIMEOUT_MS);
    expect(ending.bucket.open.size).toBe(0);
  });

  test.each(DEFINITE)("is saveFailed at once, and aborted, where R2 says %i (%i)", async (code, _, text) => {
    const says = r2Error(text, code);
    expect(callsOf(await saved({ faults: { create: [{ says }] } }))).toBe("create");
    for (const call of ["part", "complete"] as const) {
      const ending = await saved({ faults: { [call]: [{ says }] } });
      expect([ending.code, ending.bucket.open.size, ending.bucket.calls.at(-1)]).toEqual(["saveFailed", 0, "abort"]);
    }
  });

  test.each(["create", "part"] as const)("is saveTimeout, and aborted, where %s says nothing", async (call) => {
    const ending = await saved({ faults: { [call]: [{ says: "silence" }] } });
    expect([ending.code, ending.tookMs, ending.bucket.open.size]).toEqual(["saveTimeout", TIMEOUT_MS, 0]);
    expect(ending.bucket.calls).not.toContain("complete");
  });

  test("aborts an upload whose creation comes when the time is up", async () => {
    const { code, bucket, kept } = await saved({ faults: { create: [{ takesMs: TIMEOUT_MS + 1 }] } });
    // After the answer the platform goes on only with what it was handed: the save, and the abort.
    expect([code, kept.length]).toEqual(["saveTimeout", 2]);
    await Promise.all(kept);
    expect([bucket.calls, bucket.open.size]).toEqual([["create", "abort"], 0]);
  });

  test.each(["create", "part"] as const)("is saveFailed at once where the binding cannot send %s", async (call) => {
    const faults = { [call]: always({ says: new TypeError("made to fail"), atOnce: true }) };
    const { code, bucket } = await saved({ faults });
    const calls = call === "create" ? ["create"] : ["create", "part 1", "abort"];
    expect([code, bucket.calls, bucket.open.size]).toEqual(["saveFailed", calls, 0]);
  });

  test("is found where it was completed and the word was lost, or never came", async () => {
    const lost = await saved({ faults: { complete: [{ says: INTERNAL, does: true }] } });
    expect([lost.code, lost.bucket.calls.at(-1)]).toEqual(["done", "look"]);
    const silent = await saved({ faults: { complete: [{ says: "silence", does: true }] } });
    expect([silent.code, silent.tookMs]).toEqual(["done", TIMEOUT_MS + GRACE_MS]);
  });

  test("is done where the word comes past the deadline, and within CommitGrace", async () => {
    const takesMs = TIMEOUT_MS + GRACE_MS - 1;
    const ending = await saved({ faults: { complete: [{ takesMs }] } });
    expect([ending.code, ending.tookMs]).toEqual(["done", takesMs]);
  });

  test("is saveUnknown where nobody says, at most a look past CommitGrace, and never aborted", async () => {
    for (const does of [undefined, "late"] as const) {
      const complete = [{ says: "silence" as const, ...(does && { does }) }];
      const ending = await saved({ faults: { complete, look: [{ says: "silence" }] } });
      expect([ending.code, ending.tookMs]).toEqual(["saveUnknown", TIMEOUT_MS + GRACE_MS + LOOK_MS]);
      expect(ending.bucket.calls).not.toContain("abort");
      expect(ending.lines).toMatchObject([{ event: "upload", state: "completion unknown" }]);
    }
  });

  test("whose upload is gone after an unclear completion is done if the key says so, else saveUnknown", async () => {
    const look = [{ says: INTERNAL }];
    const found = await saved({ faults: { complete: [{ says: INTERNAL, does: true }], look } });
    expect([found.code, found.bucket.calls.slice(-4)]).toEqual(["done", ["complete", "look", "complete", "look"]]);
    const unfound = await saved({ faults: { complete: [{ says: INTERNAL, does: true }], look: [...look, ...look] } });
    expect(unfound.code).toBe("saveUnknown");
  });

  test("that is refused after an unclear completion is saveUnknown, and not aborted", async () => {
    const ending = await saved({ faults: { complete: [{ says: INTERNAL, does: "late" }, { says: DENIED }] } });
    expect([ending.code, ending.bucket.calls.includes("abort")]).toEqual(["saveUnknown", false]);
  });

  test("is not begun to be completed when the time is up by then", async () => {
    const ending = await saved({ faults: { part: [undefined, undefined, { takesMs: TIMEOUT_MS }] } });
    expect([ending.code, ending.bucket.calls.at(-1), ending.bucket.open.size]).toEqual(["saveTimeout", "abort", 0]);
    expect(ending.bucket.calls).not.toContain("complete");
  });

  test.each([0, 4, 6, 11])("whose making fails after %i pieces leaves the key alone", async (after) => {
    function* pieces() {
      let made = 0;
      for (const piece of cut(LONG, MIB)()) {
        if (made++ === after) throw new Error("made to fail");
        yield piece;
      }
    }
    const { code, bucket } = await saved({ pieces });
    expect([code, bucket.open.size, bucket.calls.includes("complete")]).toEqual(["internal", 0, false]);
  });
});

test("an upload that cannot be aborted is logged, and aborted by the next save", async () => {
  const faults = { part: [{ says: DENIED }], abort: [{ says: INTERNAL }] };
  const first = await saveLong({ faults }, "nothing");
  const { bucket, scene } = first;
  const [uploadId] = bucket.open.keys();
  expect([first.code, first.lines]).toEqual([
    "saveFailed",
    [{ event: "upload", key: "renditions/a.png", uploadId, state: "not aborted" }],
  ]);
  // A visit is over when it has ended: the next one has a scene that goes on.
  scene.begin();
  bucket.faults = {};
  const second = await saveLong({ on: { bucket, scene } }, "nothing");
  expect([second.code, bucket.open.size]).toEqual(["done", 0]);
});

test("an abort of which nothing is heard delays the answer by two seconds at most", async () => {
  const ending = await saveLong({ faults: { part: [{ says: DENIED }], abort: [{ says: "silence" }] } }, "nothing");
  expect([ending.code, ending.tookMs, ending.bucket.open.size]).toEqual(["saveFailed", ABORT_MS, 1]);
});

test.each([
  ["If-None-Match", { method: "POST", headers: { "If-None-Match": "*" } }, {}],
  ["Overwrite = false", {}, { Overwrite: "false" }],
])("a save on a condition (%s) is never an upload, whatever its length", async (_, init, vars) => {
  const ending = await saveLong({ init, vars }, "nothing");
  expect([ending.code, ending.bucket.calls]).toEqual(["done", ["look", "put"]]);
  expect(ending.record).not.toHaveProperty("parts");
});

// Source: save-contract "Two outcomes", 3, 4 and 7.
describe("at whatever moment", () => {
  const COMMITS = "complete";

  test("the time ends, the key is as it was until the upload is to be completed, and new from then on", async () => {
    const { moments } = (await saveLong({}, "an old object")).scene;
    const commit = moments.indexOf(COMMITS);
    for (const [at, moment] of actable(moments)) {
      if (at === 0) continue;
      const { code, bucket } = await saveLong({ act: actAt(at, (scene) => scene.pass(TIMEOUT_MS)) }, "an old object");
      expect([moment, at, code]).toEqual([moment, at, at < commit ? "saveTimeout" : "done"]);
      expect(bucket.open.size).toBe(0);
    }
  }, 60_000);

  test("its client hangs up, it goes on; after 25 s it is given up", async () => {
    const { moments } = (await saveLong({}, "nothing")).scene;
    const commit = moments.indexOf(COMMITS);
    for (const [at, moment] of actable(moments)) {
      const goesOn = await saveLong({ act: actAt(at, ({ hungUp }) => hungUp.abort()) }, "nothing");
      expect([moment, at, goesOn.code]).toEqual([moment, at, "done"]);
      if (at === 0) continue;
      const passes = actAt(at, (scene) => {
        scene.hungUp.abort();
        return scene.pass(25_000);
      });
      const { code, bucket } = await saveLong({ act: passes }, "nothing");
      expect([moment, at, code]).toEqual([moment, at, at < commit ? "saveTimeout" : "done"]);
      expect(bucket.open.size).toBe(0);
    }
  }, 60_000);
});

test("whatever two calls go wrong, however, what is answered is true", async () => {
  const timeoutMs = 3000;
  const vars = { CommitGrace: "1000" };
  const kinds: readonly CallFault[] = [
    { says: DENIED },
    { says: INTERNAL },
    { says: INTERNAL, does: true },
    { says: INTERNAL, does: "late" },
    { says: "silence" },
    { says: "silence", does: true },
    { takesMs: timeoutMs },
  ];
  const pairs: readonly (readonly [UploadCall, UploadCall])[] = [
    ["create", "part"],
    ["part", "abort"],
    ["part", "complete"],
    ["complete", "look"],
  ];
  for (const [one, other] of pairs) {
    for (const first of kinds) {
      for (const second of kinds) {
        await saveLong({ faults: { [one]: [first], [other]: [second] }, timeoutMs, vars }, "an old object");
      }
    }
  }
}, 120_000);
