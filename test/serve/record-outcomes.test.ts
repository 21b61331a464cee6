import { beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../src/faults.ts";
import { refuseWithoutSettings } from "../../src/serve/handle.ts";
import type { Site } from "../../src/serve/site.ts";
import worker, { type Env } from "../../src/worker.ts";
import { pngOf, quarters } from "../support/charts.ts";
import { bucketWith, tricklingSources } from "../support/doubles.ts";
import { noise } from "../support/pictures.ts";
import { ask, buckets, visit } from "../support/site.ts";
import { type Case, recorded, recording, SAVE, theRecord } from "./recording.ts";

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

beforeEach(async () => {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(40, 30)));
  await buckets.SOURCES.put("noise.png", pngOf(noise({ width: 120, height: 120 }, 3, true)));
  await buckets.SAVES.put("renditions/", new Uint8Array());
});

const refusing = (message: string) => () => ({
  saves: bucketWith(buckets.SAVES, { put: () => Promise.reject(new Error(message)) }),
});
const swallowing = () => ({
  saves: bucketWith(buckets.SAVES, {
    put: async (_key: string, body: ReadableStream) => {
      await new Response(body).arrayBuffer();
      return new Promise(() => {});
    },
  }),
});
const trickling = () => ({ sources: tricklingSources(buckets.SOURCES, 500, 20, { cancelled: false }) });
const endless = () => new ReadableStream({ pull: () => scheduler.wait(60_000) });
const broken = () => {
  const { engine } = recording().on;
  const kernels = { lend: () => Promise.reject(new TypeError("nobody expected this")) };
  return { engine: { ...engine, kernels } as unknown as Site["engine"] };
};

describe("every save has exactly one record, whatever became of it", () => {
  const TOKEN = { SaveAccess: "token" };
  test.each<[string, Case, status: number, outcome: string, error?: string]>([
    ["done", {}, 200, "done"],
    [
      "done by a form that alone says that it is one",
      { path: "quarters", init: { method: "POST", headers: FORM, body: "req=saveToFile&name=a.jpg" } },
      200,
      "done",
    ],
    ["of a stranger", { vars: TOKEN, parts: () => ({ saveToken: "secret" }) }, 403, "failed", "tokenWrong"],
    ["without a secret", { vars: TOKEN }, 403, "failed", "tokenUnset"],
    ["prefetched", { init: { headers: { "Sec-Purpose": "prefetch" } } }, 403, "failed", "savePrefetch"],
    ["by an image tag", { init: { headers: { "Sec-Fetch-Dest": "image" } } }, 403, "failed", "saveFromBrowser"],
    ["switched off", { vars: { SavePath: "" } }, 403, "failed", "savingOff"],
    ["without a name", { path: "quarters?req=saveToFile" }, 403, "failed", "nameMissing"],
    ["by a bad name", { path: "quarters?req=saveToFile&name=../a.jpg" }, 403, "failed", "nameInvalid"],
    ["not understood", { path: `${SAVE}&hei=x` }, 403, "failed", "badRequest"],
    ["of no object", { path: "a%2C?req=saveToFile&name=a.jpg" }, 403, "failed", "objectInvalid"],
    ["not unlocked", { vars: { RequestLock: "1" } }, 403, "failed", "badRequest"],
    ["into no folder", { path: `${SAVE}&name=x/a.jpg` }, 403, "failed", "folderMissing"],
    ["of a missing source", { path: "nowhere?req=saveToFile&name=a.jpg" }, 403, "failed", "sourceMissing"],
    ["too large", { vars: { MemoryBudget: "1000" } }, 403, "failed", "memoryBudget"],
    ["in a format that is not built", { path: `${SAVE}&fmt=gif` }, 403, "failed", "notBuilt"],
    [
      "out of time",
      { path: "noise?req=saveToFile&name=a.jpg&timeout=60", parts: trickling },
      403,
      "timeout",
      "saveTimeout",
    ],
    [
      "out of time with its form",
      { path: `${SAVE}&timeout=60`, init: { method: "POST", body: endless(), duplex: "half" } as RequestInit },
      403,
      "timeout",
      "saveTimeout",
    ],
    ["with another form", { init: { method: "POST", body: new FormData() } }, 403, "failed", "formType"],
    ["refused by the bucket", { parts: refusing("put: access denied (10003)") }, 403, "failed", "saveFailed"],
    [
      "unknown",
      { path: `${SAVE}&timeout=3000`, vars: { CommitGrace: "50" }, parts: swallowing },
      403,
      "failed",
      "saveUnknown",
    ],
    [
      "in conflict",
      { path: "quarters?req=saveToFile&name=there.jpg", vars: { Overwrite: "0" } },
      403,
      "failed",
      "saveConflict",
    ],
    ["by our own mistake", { parts: broken }, 403, "failed", "internal"],
    ["by HEAD", { init: { method: "HEAD" } }, 405, "failed", "methodRefused"],
    ["by DELETE", { init: { method: "DELETE" } }, 405, "failed", "methodRefused"],
    ["by OPTIONS of nobody listed", { init: { method: "OPTIONS" } }, 405, "failed", "methodRefused"],
  ])("%s", async (_, of, status, outcome, error) => {
    await buckets.SAVES.put("renditions/there.jpg", "there");
    const { answer, ...got } = await recorded(of);
    expect(got.status).toBe(status);
    if (of.init?.method !== "HEAD") expect([answer.status, answer.error]).toEqual([outcome, error]);
    const { event, ...record } = theRecord(got);
    expect([event, record.outcome, record.error]).toEqual(["save", outcome, error]);
    expect(got.points[0]?.indexes).toEqual([outcome]);
    expect(got.points[0]?.blobs?.[0]).toBe(error ?? "");
  });

  test("with settings that cannot be read", async () => {
    const { telemetry, ...got } = recording();
    const fault = new Fault("settings", "MaxPix: wants width,height, got 5");
    const refused = async (path: string, init: RequestInit = {}) =>
      (await refuseWithoutSettings(visit(path, init), fault, telemetry)).status;
    expect(await refused(SAVE)).toBe(403);
    expect(theRecord(got)).toMatchObject({ outcome: "failed", error: "settings", object: "quarters" });
    expect(await refused("quarters?wid=5")).toBe(500);
    expect(got.lines).toHaveLength(1);
    // Never a 5xx from a save, wherever it stands that it is one.
    expect(await refused("quarters", { method: "POST", body: new URLSearchParams({ req: "saveToFile" }) })).toBe(403);
    expect(got.lines).toHaveLength(2);
  });
});

test.each([
  "quarters?wid=9",
  "nowhere",
  "quarters?req=validate",
  "quarters?req=resolve",
  "quarters?req=plan",
  "?",
  "quarters?req=props",
])("what is no save has no record: %s", async (path) => {
  const { on, lines, points } = recording();
  await (await ask(path, {}, on)).arrayBuffer();
  expect([lines, points]).toEqual([[], []]);
});

test("the question of a listed origin whether it may save is no save", async () => {
  const { on, lines } = recording({ SaveOrigins: "https://a.example" });
  await ask(SAVE, { method: "OPTIONS", headers: { Origin: "https://a.example" } }, on);
  expect(lines).toEqual([]);
});

describe("the Worker itself", () => {
  /** What is bound as SAVE_EVENTS receives of one save. */
  async function pointsOf(vars: Readonly<Record<string, string>>): Promise<AnalyticsEngineDataPoint[]> {
    const { telemetry, points } = recording();
    const env = {
      ...buckets,
      SAVE_EVENTS: telemetry.saveEvents,
      SavePath: "renditions",
      SaveAccess: "public",
      ...vars,
    };
    const context = { waitUntil: () => {}, passThroughOnException: () => {} } as unknown as ExecutionContext;
    await (await worker.fetch(visit(SAVE).request, env as unknown as Env, context)).text();
    return points;
  }

  test("counts its saves in the data set that is bound as SAVE_EVENTS", async () => {
    expect(await pointsOf({})).toMatchObject([
      {
        indexes: ["done"],
        blobs: expect.arrayContaining(["quarters", "renditions/a.jpg"]),
      },
    ]);
  });

  test("counts those for which a setting is broken", async () => {
    expect(await pointsOf({ MaxPix: "wide" })).toMatchObject([
      {
        indexes: ["failed"],
        blobs: expect.arrayContaining(["settings", "quarters"]),
      },
    ]);
  });
});
