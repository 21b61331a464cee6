import { beforeAll, describe, expect, test } from "vitest";
import { PRIORS } from "../../support/faults/saved.ts";
import { TIMEOUT_MS } from "../../support/faults/scenario.ts";
import { type Act, ARRIVAL, actAt, actable, KEPT } from "../../support/faults/scene.ts";
import { ALL_STAGES, putSourceFiles } from "../../support/faults/source-files.ts";
import { save, show } from "../../support/faults/visits.ts";

beforeAll(putSourceFiles);

/** What the contract leaves of a save whose client has hung up. */
const AFTER_HANG_UP_MS = 25_000;
/** What the bucket's word is awaited for behind that, whatever CommitGrace is: after 30 s the platform ends everything. */
const LAST_WORD_MS = 2500;

const hangsUp: Act = ({ hungUp }) => hungUp.abort();
const hangsUpAndPasses =
  (ms: number): Act =>
  (scene) => {
    scene.hungUp.abort();
    return scene.pass(ms);
  };

// Source: save-contract "Two outcomes", 7.
describe.each(PRIORS)("over %s, a save whose client hangs up", (prior) => {
  test("has been handed to waitUntil before it waits for anything, and that resolves with its answer", async () => {
    const { scene, kept } = await save({ path: ALL_STAGES, act: actAt(0, hangsUp) }, prior);
    expect(scene.moments.slice(0, 3)).toEqual([ARRIVAL, KEPT, "folder marker"]);
    expect(await kept[0]).toBeInstanceOf(Response);
  });

  test("goes on, at whatever moment, and commits; what has not sent its last byte after 25 s is not stored", async () => {
    const { moments } = (await save({ path: ALL_STAGES }, prior)).scene;
    const answered = moments.indexOf("put answered");
    for (const [at, moment] of actable(moments)) {
      const went = await save({ path: ALL_STAGES, act: actAt(at, hangsUp) }, prior);
      expect([moment, at, went.code, went.tookMs]).toEqual([moment, at, "done", 0]);
      // Before it was begun there is nobody who counts.
      if (moment === ARRIVAL) continue;
      const act = actAt(at, hangsUpAndPasses(AFTER_HANG_UP_MS));
      const { code, tookMs } = await save({ path: ALL_STAGES, act }, prior);
      const wanted = at < answered ? "saveTimeout" : "done";
      expect([moment, at, code, tookMs]).toEqual([moment, at, wanted, AFTER_HANG_UP_MS]);
    }
  }, 60_000);

  test("has no more time than it had", async () => {
    const timeoutMs = AFTER_HANG_UP_MS / 5;
    const put = [{ after: "half", says: "silence" }] as const;
    const ending = await save({ puts: put, timeoutMs, act: actAt(0, hangsUp) }, prior);
    expect([ending.code, ending.tookMs]).toEqual(["saveTimeout", timeoutMs]);
  });

  test("and whose bucket is silent is given up: before its last byte after 25 s, behind it what the platform still grants", async () => {
    const act = actAt(0, hangsUp);
    const before = await save({ puts: [{ after: "half", says: "silence" }], act }, prior);
    expect([before.code, before.tookMs]).toEqual(["saveTimeout", AFTER_HANG_UP_MS]);
    const behind = await save({ puts: [{ after: "all", says: "silence" }], act }, prior);
    expect([behind.code, behind.tookMs]).toEqual(["saveUnknown", AFTER_HANG_UP_MS + LAST_WORD_MS]);
  });

  test("is tried again as long as there is time", async () => {
    const says = new Error("Network connection lost.");
    const once = await save({ puts: [{ after: "all", says }], act: actAt(0, hangsUp) }, prior);
    expect(once.code).toBe("done");
    const always = Array.from({ length: 60 }, () => ({ after: "half", says }) as const);
    const ever = await save({ puts: always, act: actAt(0, hangsUp) }, prior);
    expect(ever.code).toBe("saveFailed");
    expect(ever.tookMs).toBeLessThanOrEqual(AFTER_HANG_UP_MS);
  });
});

test("a save whose client hangs up has 25 s from that moment on, whatever comes later", async () => {
  const { moments } = (await save({ path: ALL_STAGES }, "nothing")).scene;
  const answered = moments.indexOf("put answered");
  for (const [later, moment] of actable(moments).slice(1)) {
    const act = (_: string, index: number): Act | undefined => {
      if (index === 0) return hangsUp;
      return index === later ? (scene) => scene.pass(AFTER_HANG_UP_MS) : undefined;
    };
    const { code } = await save({ path: ALL_STAGES, act }, "nothing");
    expect([moment, later, code]).toEqual([moment, later, later < answered ? "saveTimeout" : "done"]);
  }
}, 60_000);

// Found here: it was gone on with until a timer came, which is when there was nothing else to do.
test("a picture whose client hangs up is not gone on with, from whatever moment on", async () => {
  const { moments } = (await show({ path: ALL_STAGES, timeoutMs: TIMEOUT_MS })).scene;
  for (const [at, moment] of actable(moments)) {
    const { status, scene, tookMs } = await show({ path: ALL_STAGES, act: actAt(at, hangsUp) });
    expect([moment, at, status, tookMs]).toEqual([moment, at, 503, 0]);
    expect(scene.moments.length - 1 - at).toBeLessThanOrEqual(3);
  }
}, 60_000);
