import { expect } from "vitest";
import { handle } from "../../../src/serve/handle.ts";
import { engineOfPieces } from "../engine-of-pieces.ts";
import { cut, fileOf, isSame, MIB, type Pieces } from "../long-files.ts";
import { site, visit } from "../site.ts";
import { KEY, NAME, OLD, type Prior } from "./saved.ts";
import { TIMEOUT_MS } from "./scenario.ts";
import { type Acts, ARRIVAL, Scene } from "./scene.ts";
import { type Answer, answerOf } from "./two-outcomes.ts";
import { type UploadBucket, type UploadFaults, uploadBucket } from "./upload-bucket.ts";
import { onScene } from "./visits.ts";

/** Two parts of 5 MiB, and a third. */
export const LONG = fileOf(11 * MIB + 7);

/** A long save, and what goes wrong with it. */
export interface LongScenario {
  readonly faults?: UploadFaults;
  readonly act?: Acts;
  readonly pieces?: Pieces;
  readonly timeoutMs?: number;
  readonly vars?: Readonly<Record<string, string>>;
  readonly init?: RequestInit;
  /** A bucket that has been used before, on the same scene. */
  readonly on?: { readonly bucket: UploadBucket; readonly scene: Scene };
}

export interface LongEnding extends Answer {
  readonly scene: Scene;
  readonly bucket: UploadBucket;
  readonly tookMs: number;
  /** What was handed to `waitUntil`. */
  readonly kept: readonly Promise<unknown>[];
  /** What was logged beside the record of the save. */
  readonly lines: readonly Record<string, unknown>[];
  readonly record: Readonly<Record<string, unknown>>;
}

/**
 * Makes a long save under these circumstances, and holds what it claims: the key as it was, or the whole new object; and that
 * nothing of it is left, neither timers nor room, nor an upload that could have been aborted.
 *
 * Source: save-contract "Two outcomes".
 */
export async function saveLong(scenario: LongScenario, prior: Prior): Promise<LongEnding> {
  const { faults = {}, act, pieces = cut(LONG, MIB), timeoutMs = TIMEOUT_MS, vars = {}, init = {} } = scenario;
  const scene = scenario.on?.scene ?? new Scene(act);
  const bucket = scenario.on?.bucket ?? uploadBucket(scene, faults, prior);
  const before = bucket.objects.get(KEY);
  const openBefore = new Set(bucket.open.keys());
  const logged: Record<string, unknown>[] = [];
  const kept: Promise<unknown>[] = [];
  const { engine } = site();
  const on = site(
    { MemoryBudget: "1000000000", SharedBucket: "1", SaveEffort: "fast", ...vars },
    {
      saves: bucket.saves,
      engine: engineOfPieces(engine, pieces),
      telemetry: { log: (line) => logged.push(JSON.parse(line)), saveEvents: undefined },
    },
  );
  const path = `picture.png?wid=50&hei=30&fmt=png&req=saveToFile&name=${NAME}&timeout=${timeoutMs}`;
  const ended = await onScene(scene, async () => {
    const visited = visit(path, init, { hungUp: scene.hungUp.signal, keepAlive: (work) => void kept.push(work) });
    await scene.reach(ARRIVAL);
    const reply = await scene.play(handle(visited, on));
    const tookMs = scene.clock.now - visited.arrived;
    return { tookMs, answer: await answerOf(reply), timers: scene.clock.pending };
  });
  await bucket.settle();
  expect([ended.timers, engine.gate.leases]).toEqual([0, 0]);
  const { code, properties } = ended.answer;
  const is = bucket.objects.get(KEY);
  if (code === "done") {
    expect(is !== undefined && isSame(is.bytes, LONG)).toBe(true);
    expect(Object.fromEntries(properties)).toMatchObject({ size: `${LONG.length}`, etag: is?.etag, type: "image/png" });
  } else if (code === "saveUnknown") {
    expect(bucket.calls).toContain("complete");
    if (is !== before) expect(is !== undefined && isSame(is.bytes, LONG)).toBe(true);
  } else {
    expect(is).toBe(before);
    if (prior === "an old object" && scenario.on === undefined) expect(is?.bytes).toEqual(OLD);
  }
  const lines = logged.filter(({ event }) => event !== "save");
  const [record = {}, second] = logged.filter(({ event }) => event === "save");
  expect(second).toBeUndefined();
  // Whatever may be open is told, with what it takes to abort it.
  const told = lines.filter(({ event }) => event === "upload").map(({ uploadId }) => uploadId);
  const isCreateLost = bucket.faults.create?.some((fault) => fault?.says !== undefined && fault.does) ?? false;
  const untold = [...bucket.open.keys()].filter((id) => !openBefore.has(id) && !told.includes(id));
  if (!isCreateLost) expect(untold).toEqual([]);
  return { ...ended.answer, scene, bucket, tookMs: ended.tookMs, kept, lines, record };
}
