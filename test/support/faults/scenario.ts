import { expect } from "vitest";
import type { Engine } from "../../../src/render/engine.ts";
import type { Site } from "../../../src/serve/site.ts";
import type { Visit } from "../../../src/serve/visit.ts";
import { readPng } from "../charts.ts";
import { ask as askSite, buckets, site } from "../site.ts";
import { type Asks, faultyAsking } from "./faulty-asking.ts";
import { faultySaves, type PutFault, type PutLog } from "./faulty-saves.ts";
import { faultySources, type SourceFault } from "./faulty-sources.ts";
import { releasedLengths } from "./rasters.ts";
import { type Folder, NAME, stored } from "./saved.ts";
import { type Acts, KEPT, Scene } from "./scene.ts";

/** A request, and what goes wrong with it. */
export interface Scenario {
  /** Object and modifiers of a PNG. */
  readonly path?: string;
  /** That of the picture that is asked for next, where it is another one. */
  readonly nextPath?: string;
  readonly folder?: Folder;
  readonly timeoutMs?: number;
  readonly init?: RequestInit;
  readonly vars?: Readonly<Record<string, string>>;
  readonly sources?: readonly SourceFault[];
  /** One a put; the later ones are without fault. */
  readonly puts?: readonly PutFault[];
  readonly asks?: Asks;
  /** What happens at which moment. */
  readonly act?: Acts;
  /** What pictures are made with, where that is of interest. */
  readonly engine?: (engine: Engine, scene: Scene) => Engine;
}

export const PICTURE = "picture.png?wid=50&hei=30&fmt=png";
export const TIMEOUT_MS = 60_000;
/** Has room for whatever scenarios are about, and does not look whether its buckets are one. */
const ROOMY = { MemoryBudget: "1000000000", SharedBucket: "1" };

/** What a path is saved as where nothing goes wrong, and the lengths of the rasters that it takes. */
interface Undisturbed {
  readonly bytes: Uint8Array;
  readonly rasters: ReadonlySet<number>;
}

const known = new Map<string, Undisturbed>();

export async function undisturbed(path: string): Promise<Undisturbed> {
  const before = known.get(path);
  if (before !== undefined) return before;
  const on = site({ ...ROOMY, SavePath: "undisturbed", CreateFolders: "1" });
  const released = await releasedLengths(async () => {
    const reply = await askSite(`${path}&req=saveToFile&name=${NAME}`, {}, on);
    expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining("status=done")]);
  });
  // Whole files are given back as well, and the doubles themselves hold some.
  const files = new Set((await buckets.SOURCES.list()).objects.map(({ size }) => size));
  const rasters = new Set([...released].filter((length) => !files.has(length)));
  expect(rasters.size).toBeGreaterThan(0);
  const { bytes = new Uint8Array() } = (await stored(`undisturbed/${NAME}`)) ?? {};
  known.set(path, { bytes, rasters });
  return { bytes, rasters };
}

/** Nothing of a visit is there for the next one. */
export async function holdNext({ path = PICTURE, nextPath = path }: Scenario): Promise<void> {
  const { bytes } = await undisturbed(nextPath);
  const reply = await askSite(nextPath, {}, site(ROOMY));
  expect(reply.status).toBe(200);
  expect(readPng(new Uint8Array(await reply.arrayBuffer()))).toEqual(readPng(bytes));
}

/** A scenario, ready to be played. */
export interface Stage {
  readonly scene: Scene;
  readonly on: Site;
  readonly client: Partial<Visit>;
  readonly puts: readonly PutLog[];
  /** What was handed to `waitUntil`. */
  readonly kept: readonly Promise<unknown>[];
  /** Resolves when everything has come to rest, and puts sources back. */
  settle(): Promise<void>;
}

export async function stageOf(scenario: Scenario): Promise<Stage> {
  const { path = PICTURE, vars = {}, sources: faults = [], puts = [], asks = {}, act } = scenario;
  const { bytes } = await undisturbed(path);
  const files = await Promise.all(faults.map(async ({ key }) => [key, await wholeFile(key)] as const));
  const scene = new Scene(act);
  const ask = faultyAsking(asks, scene);
  const sources = faultySources(buckets.SOURCES, faults, ask, scene);
  const { saves, log, settle } = faultySaves(buckets.SAVES, puts, ask, bytes.length, scene);
  const { engine } = site();
  const kept: Promise<unknown>[] = [];
  return {
    scene,
    on: site({ ...ROOMY, ...vars }, { saves, sources, engine: scenario.engine?.(engine, scene) ?? engine }),
    client: {
      hungUp: scene.hungUp.signal,
      keepAlive(work) {
        scene.moments.push(KEPT);
        kept.push(work);
      },
    },
    puts: log,
    kept,
    async settle() {
      await settle();
      for (const [key, file] of files) if (file !== undefined) await buckets.SOURCES.put(key, file);
    },
  };
}

async function wholeFile(key: string): Promise<ArrayBuffer | undefined> {
  return (await buckets.SOURCES.get(key))?.arrayBuffer();
}
