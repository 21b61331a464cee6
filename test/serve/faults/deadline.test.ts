import { beforeAll, describe, expect, test } from "vitest";
import { gatheringDecoder } from "../../../src/codec/foreign/gather.ts";
import type { Engine } from "../../../src/render/engine.ts";
import { pngOf, quarters, readPng } from "../../support/charts.ts";
import { putSources } from "../../support/faults/faulty-sources.ts";
import { PRIORS } from "../../support/faults/saved.ts";
import { PICTURE, TIMEOUT_MS } from "../../support/faults/scenario.ts";
import { type Act, actAt, actAtNth, actable, type Scene } from "../../support/faults/scene.ts";
import { ALL_STAGES, putSourceFiles } from "../../support/faults/source-files.ts";
import { save, show } from "../../support/faults/visits.ts";
import { ask, properties, site } from "../../support/site.ts";

beforeAll(async () => {
  await putSourceFiles();
  await putSources({ "large.png": pngOf(quarters(1600, 1300)), "dot.png": pngOf(quarters(1, 1)) });
});

const passes =
  (ms: number): Act =>
  (scene) =>
    scene.pass(ms);

// Source: save-contract "Two outcomes", 2, 3 and 4.
describe.each(PRIORS)("over %s, the time of a save", (prior) => {
  const vars = prior === "nothing" ? { Overwrite: "false" } : {};
  const circumstances = { path: ALL_STAGES, vars, folder: prior === "nothing" ? "unmarked" : "marked" } as const;

  test("may be up at any moment: it is saveTimeout before the last byte, and done behind it", async () => {
    const { code, scene } = await save(circumstances, prior);
    expect(code).toBe("done");
    const { moments } = scene;
    for (const stage of [
      "folder marker",
      "start of long.jpg",
      "header of long.jpg",
      "file of mask.png",
      "breath",
      "put",
    ])
      expect(moments).toContain(stage);
    const answered = moments.indexOf("put answered");
    expect(answered).toBe(moments.length - 1);
    for (const [at, moment] of actable(moments)) {
      const ending = await save({ ...circumstances, act: actAt(at, passes(TIMEOUT_MS)) }, prior);
      expect([moment, at, ending.code]).toEqual([moment, at, at < answered ? "saveTimeout" : "done"]);
      expect(ending.tookMs).toBe(TIMEOUT_MS);
      // What has no time is not gone on with.
      expect(ending.scene.moments.length - 1 - at).toBeLessThanOrEqual(3);
    }
  }, 60_000);
});

test.each([
  // Before and while it is decoded, in both steps, before and after it is encoded, and before the last byte.
  ["large.png?op_blur=3&rotate=2&fmt=png", 9],
  // One row of source becomes 20,000 rows of picture: there is no strip between which to look at the clock.
  ["dot.png?fit=stretch,1&wid=240&hei=20000&fmt=png", 5],
])(
  "the time of a save may be up in any step of a large picture, and it is not gone on with: %s",
  async (path, least) => {
    const { scene } = await save({ path, nextPath: PICTURE }, "nothing");
    const breaths = scene.moments.filter((moment) => moment === "breath").length;
    expect(breaths).toBeGreaterThanOrEqual(least);
    for (let at = 0; at < breaths; at++) {
      const act = actAtNth("breath", at, passes(TIMEOUT_MS));
      const ending = await save({ path, nextPath: PICTURE, act }, "nothing");
      expect([at, ending.code]).toEqual([at, "saveTimeout"]);
      expect(ending.scene.moments.at(-1)).toBe("breath");
    }
  },
  60_000,
);

describe("a step that cannot be interrupted", () => {
  const ESTIMATE_MS = 1000;
  /** An encoder of PNGs that says it will take a second, and takes so many milliseconds. */
  const slowEncoder =
    (tookMs: number) =>
    (engine: Engine, scene: Scene): Engine => {
      const { codecs } = engine;
      const { encoders } = codecs;
      const { squooshPng } = encoders;
      if (squooshPng.takes !== "raster") throw new Error("it takes rows");
      const slow: typeof squooshPng = {
        ...squooshPng,
        blockingMs: () => ESTIMATE_MS,
        async encode(...about) {
          await scene.reach("encode");
          scene.clock.block(tookMs);
          return squooshPng.encode(...about);
        },
      };
      return { ...engine, codecs: { ...codecs, encoders: { ...encoders, squooshPng: slow } } };
    };
  const slowDecoder = (engine: Engine): Engine => {
    const { codecs } = engine;
    // Of the 100 × 60 pixels of the source.
    const costs = { blockingMsPerMegapixel: (ESTIMATE_MS / 6000) * 1e6, beside: () => 0 };
    const png = gatheringDecoder(costs, async (file) => {
      const { size, data } = readPng(file);
      return { ...size, data };
    });
    return { ...engine, codecs: { ...codecs, decoders: { ...codecs.decoders, png } } };
  };
  const leaving = (ms: number) => actAtNth("file of picture.png answered", 0, passes(TIMEOUT_MS - ms));

  test("is begun where three times its estimate is left, and not with a millisecond less: encoding", async () => {
    const engine = slowEncoder(0);
    const begun = await save({ engine, act: leaving(3 * ESTIMATE_MS) }, "nothing");
    expect([begun.code, begun.scene.moments]).toEqual(["done", expect.arrayContaining(["encode"])]);
    const refused = await save({ engine, act: leaving(3 * ESTIMATE_MS - 1) }, "nothing");
    expect([refused.code, refused.scene.moments]).toEqual(["saveTimeout", expect.not.arrayContaining(["encode"])]);
  });

  test("is begun where three times its estimate is left, and not with a millisecond less: decoding", async () => {
    const engine = slowDecoder;
    expect((await save({ engine, act: leaving(3 * ESTIMATE_MS) }, "nothing")).code).toBe("done");
    expect((await save({ engine, act: leaving(3 * ESTIMATE_MS - 1) }, "nothing")).code).toBe("saveTimeout");
  });

  test("that took longer than it was to is found out behind it: nothing is put", async () => {
    const engine = slowEncoder(TIMEOUT_MS);
    const ending = await save({ engine }, "an old object");
    expect([ending.code, ending.puts]).toEqual(["saveTimeout", []]);
  });
});

test("a picture that is out of time at any moment is 503, and never kept", async () => {
  const { scene } = await show({ path: ALL_STAGES });
  for (const [at, moment] of actable(scene.moments)) {
    const shown = await show({ path: ALL_STAGES, act: actAt(at, passes(TIMEOUT_MS)) });
    expect([moment, at, shown.status]).toEqual([moment, at, 503]);
    expect(shown.headers.get("Cache-Control")).toBe("no-cache, no-store");
    expect(new TextDecoder().decode(shown.body)).toContain("not ready in time");
  }
}, 60_000);

test("a form that does not end is saveTimeout, and strangers are not even listened to", async () => {
  const form = () => new ReadableStream({ pull: () => scheduler.wait(60_000) });
  const init = () => ({ method: "POST", body: form(), duplex: "half" }) as RequestInit;
  const path = `${PICTURE}&req=saveToFile&name=a.jpg&timeout=60`;
  expect(await properties(await ask(path, init()))).toMatchObject({ status: "timeout", error: "saveTimeout" });
  const guarded = site({ SaveAccess: "token" }, { saveToken: "secret" });
  expect(await properties(await ask(path, init(), guarded))).toMatchObject({ error: "tokenWrong" });
});
