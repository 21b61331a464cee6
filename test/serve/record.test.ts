import { beforeEach, describe, expect, test } from "vitest";
import { handle } from "../../src/serve/handle.ts";
import { VERSION } from "../../src/version.ts";
import { pngOf, quarters } from "../support/charts.ts";
import { bucketWith, tricklingSources } from "../support/doubles.ts";
import { pictureSpec } from "../support/jpeg-pictures.ts";
import { writeJpeg } from "../support/jpeg-writer.ts";
import { noise } from "../support/pictures.ts";
import { ask, buckets, visit } from "../support/site.ts";
import { type Case, type Recording, recorded, recording, SAVE, theRecord } from "./recording.ts";

const KEY = "renditions/a.jpg";

beforeEach(async () => {
  const whole = writeJpeg(pictureSpec({ size: { width: 64, height: 64 } }));
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(40, 30)));
  await buckets.SOURCES.put("noise.png", pngOf(noise({ width: 120, height: 120 }, 3, true)));
  await buckets.SOURCES.put("cut.jpg", whole.subarray(0, whole.length / 2));
  await buckets.SAVES.put("renditions/", new Uint8Array());
});

const trickling = () => ({ sources: tricklingSources(buckets.SOURCES, 50, 20, { cancelled: false }) });

describe("a record is true", () => {
  test("of a save that is done", async () => {
    const { answer, ...got } = await recorded({});
    const object = await buckets.SAVES.head(KEY);
    const plan = (await (await ask("quarters?wid=20&req=plan")).json()) as { peak: { total: number } };
    const { ms, admitMs, placeMs, readMs, waitMs, decodeMs, stepsMs, encodeMs, storeMs, ...record } = theRecord(got);
    expect(record).toEqual({
      event: "save",
      outcome: "done",
      object: "quarters",
      key: KEY,
      type: "image/jpeg",
      version: VERSION,
      pixels: 300,
      bytes: object?.size,
      peakBytes: expect.any(Number),
      attempts: 1,
      warnings: 0,
      hungUp: false,
    });
    // MozJPEG holds more than our own encoder, by which the reply would be made.
    expect(record.peakBytes).toBeGreaterThan(plan.peak.total);
    expect(answer).toMatchObject({ pixelsTotal: "300", size: String(object?.size) });
    const stages = [admitMs, placeMs, readMs, waitMs, decodeMs, stepsMs, encodeMs, storeMs] as number[];
    // Each is rounded to tenths.
    expect(stages.reduce((sum, spent) => sum + spent)).toBeLessThanOrEqual((ms as number) + 0.4);
    for (const spent of stages) expect(spent).toBeGreaterThanOrEqual(0);
  });

  test("of one that was refused before its place was known: the rest is left out", async () => {
    const { ms, ...record } = theRecord(await recorded({ path: "quarters?req=saveToFile&name=../a.jpg" }));
    expect(ms).toBeGreaterThanOrEqual(0);
    expect(record).toEqual({
      event: "save",
      outcome: "failed",
      error: "nameInvalid",
      object: "quarters",
      version: VERSION,
      hungUp: false,
      admitMs: expect.any(Number),
    });
  });

  test("of one that ran out of time once it was planned: it says what was planned", async () => {
    const path = "noise?wid=50&req=saveToFile&name=a.jpg&timeout=2500";
    const record = theRecord(await recorded({ path, parts: trickling }));
    expect(record).toMatchObject({ outcome: "timeout", key: KEY, pixels: 2500, peakBytes: expect.any(Number) });
    expect(record).not.toHaveProperty("bytes");
    expect(record).not.toHaveProperty("attempts");
    expect(record).not.toHaveProperty("storeMs");
    expect(record.ms).toBeGreaterThanOrEqual(2499);
  });

  test("of one whose first attempt failed", async () => {
    let attempts = 0;
    const put = (...args: Parameters<R2Bucket["put"]>) =>
      ++attempts === 1 ? Promise.reject(new Error("put: internal error (10001)")) : buckets.SAVES.put(...args);
    const parts = () => ({ saves: bucketWith(buckets.SAVES, { put }) });
    expect(theRecord(await recorded({ parts }))).toMatchObject({ outcome: "done", attempts: 2 });
  });

  test("of a damaged source", async () => {
    const got = await recorded({ path: "cut?req=saveToFile&name=a.jpg" });
    expect(got.answer).toHaveProperty("warning");
    expect(theRecord(got)).toMatchObject({ outcome: "done", warnings: 1 });
  });

  test("of a client that has hung up", async () => {
    const to = recording();
    const kept: Promise<unknown>[] = [];
    const hungUp = AbortSignal.abort();
    await (await handle(visit(SAVE, {}, { hungUp, keepAlive: (work) => kept.push(work) }), to.on)).text();
    expect(theRecord(to)).toMatchObject({ outcome: "done", hungUp: true });
    // Written by the work that goes on, not by the reply that nobody waits for.
    expect(kept).toHaveLength(1);
    expect(to.points[0]?.doubles?.[6]).toBe(1);
  });

  test("of its arrival: what passed before is of the stage in which the save begins", async () => {
    const to = recording();
    const arrived = Date.now() - 5000;
    await (await handle(visit(SAVE, {}, { arrived }), to.on)).text();
    const { ms, admitMs } = theRecord(to) as { ms: number; admitMs: number };
    expect(admitMs).toBeGreaterThanOrEqual(4999);
    expect(ms).toBeGreaterThanOrEqual(admitMs);
  });
});

describe("a record gives nothing away, and nothing in it disturbs a log", () => {
  const SIG = "5f".repeat(32);
  test.each<[string, Case]>([
    ["done", {}],
    ["of a stranger", { vars: { SaveAccess: "token" }, parts: () => ({ saveToken: "tok-en-of-theirs" }) }],
    ["not understood", { path: `${SAVE}&sig=${SIG}&expires=1795360000&timeout=soon` }],
    ["timed out", { path: `${SAVE}&timeout=1` }],
  ])("no token, signature, header, address, query or message: %s", async (_, of) => {
    const headers = {
      Authorization: "Bearer tok-en-of-mine",
      "CF-Connecting-IP": "203.0.113.77",
      Cookie: "session=abcdef",
      Referer: "https://elsewhere.example/?q=1",
    };
    const { lines, points } = await recorded({ ...of, path: `${of.path ?? SAVE}&x=y`, init: { headers } });
    const all = lines.join() + JSON.stringify(points);
    for (const secret of ["tok-en", SIG, "1795360000", "203.0.113", "abcdef", "elsewhere", "wid", "wants"]) {
      expect(all).not.toContain(secret);
    }
  });

  test.each([
    ["a line break and a quote", 'a\n"}{"outcome":"done'],
    ["separators and directions of Unicode", "a\u2028b\u2029c\u202ed\u0085e"],
    ["letters of other scripts", "gärten/花 😀"],
    ["escapes", "\u001b[31mred\u001b[0m\\n"],
  ])("an object with %s stays one line of printable ASCII, and is legible", async (_, object) => {
    const { lines, points } = await recorded({ path: `${encodeURIComponent(object)}?req=saveToFile&name=a.jpg` });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[ -~]+$/);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ outcome: "failed", object });
    expect(points[0]?.blobs?.[1]).toBe(object);
  });

  test("a long object is cut, between characters", async () => {
    const { lines, points } = await recorded({
      path: `a${encodeURIComponent("ü".repeat(1500))}?req=saveToFile&name=a.jpg`,
    });
    const cut = `a${"ü".repeat(511)}`;
    expect(JSON.parse(lines[0] ?? "").object).toBe(cut);
    expect(points[0]?.blobs?.[1]).toBe(cut);
  });
});

describe("a failure to record changes no answer", () => {
  const failing = () => {
    throw new Error("no more of this");
  };
  const good: Recording["telemetry"] = { log: () => {}, saveEvents: undefined };
  test.each([
    ["no data set", good],
    ["a data set that throws", { ...good, saveEvents: { writeDataPoint: failing } }],
    ["a data set that is none", { ...good, saveEvents: "SAVE_EVENTS" as unknown as AnalyticsEngineDataset }],
    ["a log that throws", { ...good, log: failing }],
  ])("%s", async (_, telemetry) => {
    const parts = () => ({ telemetry });
    expect((await recorded({ parts })).answer).toMatchObject({ status: "done" });
    expect((await recorded({ path: `${SAVE}&hei=x`, parts })).answer).toMatchObject({ error: "badRequest" });
  });

  test("a data set that throws has its line in the log all the same", async () => {
    const { telemetry, lines } = recording();
    const both = { ...telemetry, saveEvents: { writeDataPoint: failing } };
    await recorded({ parts: () => ({ telemetry: both }) });
    expect(lines).toHaveLength(1);
  });
});
