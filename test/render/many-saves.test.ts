import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { MODULES } from "../../src/modules.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { engineOf } from "../../src/render/engine.ts";
import { pngOf } from "../support/charts.ts";
import { bucketWith, type Counted, countedSources } from "../support/doubles.ts";
import { picture, ramps } from "../support/pictures.ts";
import { ask, buckets, properties, savedKeys, site } from "../support/site.ts";

const PATIENCE_MS = 60_000;
const MANY = 200;
/** Room for idle instances of all codecs, and for some pictures at a time. */
const BUDGET = 90_000_000;
const VARS = { MemoryBudget: `${BUDGET}`, CreateFolders: "1" };

/** Made by the Worker itself, of ramps.png. */
const MADE = { "baseline.jpg": "fmt=jpeg&qlt=95", "several.jpg": "fmt=pjpeg", "lossy.webp": "fmt=webp&qlt=90" };

/** Every codec there is, to and fro. */
const MIX: readonly string[] = [
  "baseline?wid=200",
  "ramps?wid=150&fmt=png",
  "lossy?wid=180&fmt=webp",
  "several?wid=240&fmt=pjpeg",
  "veil?fmt=png-alpha",
  "baseline?wid=120&fmt=webp&qlt=50",
  "veil?wid=50&fmt=webp-alpha",
  "ramps?hei=90&fmt=jpeg&qlt=95,1",
  "lossy?wid=100&op_blur=3&fmt=png",
  "several?rotate=20&wid=140",
  "baseline?mask=veil&fmt=png-alpha&wid=160",
  "lossy?wid=64&fmt=jpeg,gray",
  "baseline?fmt=webp,,lossless&wid=99",
  "veil?fmt=png,gray",
];

beforeAll(async () => {
  await buckets.SOURCES.put("ramps.png", pngOf(ramps({ width: 400, height: 300 })));
  await buckets.SOURCES.put("veil.png", pngOf(picture({ width: 120, height: 90 }, (x, y) => [200, y, 90, x * 2])));
  for (const [key, modifiers] of Object.entries(MADE)) {
    await buckets.SOURCES.put(key, await (await ask(`ramps?${modifiers}`)).arrayBuffer());
  }
});
beforeEach(async () => {
  const { objects } = await buckets.SAVES.list();
  await buckets.SAVES.delete(objects.map(({ key }) => key));
});

/** A site with an engine of its own, that notes what its gate holds whenever somebody has just got room. */
function watchedSite(parts: Parameters<typeof site>[1] = {}) {
  const engine = engineOf(MODULES);
  const { gate } = engine;
  const look = gate.look.bind(gate);
  const seen: { readonly leases: number; readonly held: number }[] = [];
  vi.spyOn(gate, "look").mockImplementation((...about) => {
    const found = look(...about);
    if (typeof found !== "number") seen.push({ leases: gate.leases, held: gate.heldBytes });
    return found;
  });
  return { gate, seen, on: site(VARS, { ...parts, engine }) };
}

const saving = (request: string, name: string, rest = "") => `${request}&req=saveToFile&name=${name}${rest}`;

async function savedBytes(name: string): Promise<Uint8Array> {
  const object = await buckets.SAVES.get(`renditions/${name}`);
  if (object === null) throw new Error(`${name} is not there`);
  return new Uint8Array(await object.arrayBuffer());
}

describe("200 saves at once", () => {
  test(
    "are all done, each with the bytes that it has alone, within the budget, and hold nothing in the end",
    async () => {
      const alone = new Map<string, Uint8Array>();
      for (const [at, request] of MIX.entries()) {
        const answer = await properties(await ask(saving(request, `alone/${at}`), {}, site(VARS)));
        expect(answer, request).toMatchObject({ status: "done" });
        alone.set(request, await savedBytes(`alone/${at}`));
      }

      const { gate, seen, on } = watchedSite();
      const requests = Array.from({ length: MANY }, (_, at) => MIX[at % MIX.length] ?? "");
      const answers = await Promise.all(
        requests.map(async (request, at) => properties(await ask(saving(request, `many/${at}`), {}, on))),
      );
      for (const [at, request] of requests.entries()) {
        const bytes = await savedBytes(`many/${at}`);
        expect(answers[at], request).toMatchObject({ status: "done", size: `${bytes.length}` });
        expect(bytes, request).toEqual(alone.get(request));
      }

      expect(seen).toHaveLength(MANY);
      const crowded = seen.filter(({ leases }) => leases > 1);
      expect(crowded.length).toBeGreaterThan(MANY / 4);
      expect(crowded.filter(({ held }) => held > BUDGET)).toEqual([]);
      expect([gate.leases, gate.waiting]).toEqual([0, 0]);
    },
    PATIENCE_MS,
  );
});

describe("behind a save whose source does not come", () => {
  const REQUEST = "baseline?wid=400";

  /** Settings with room for this picture, and none for anything beside it. */
  async function roomForOne(vars: Readonly<Record<string, string>> = {}) {
    const { claim } = (await (await ask(`${REQUEST}&req=plan`)).json()) as Plan;
    const bytes = Object.values(claim.codecs).reduce((sum, more) => sum + more, claim.own);
    return site({ ...VARS, ...vars, MemoryBudget: `${bytes}` }).settings;
  }

  test(
    "others end with their timeout in line, without having been begun; when its time is over, the next ones are done",
    async () => {
      const { gate, on } = watchedSite();
      const settings = await roomForOne();
      const never = bucketWith(buckets.SOURCES, {
        get: (key: string, options?: R2GetOptions) =>
          options?.range === undefined ? new Promise(() => {}) : buckets.SOURCES.get(key, options),
      });
      const stuck = ask(saving(REQUEST, "stuck", "&timeout=1500"), {}, { ...on, settings, sources: never });
      while (gate.leases === 0) await scheduler.wait(1);

      const counted: Counted = { bodies: 0, bytes: 0, cancelled: false };
      const sources = countedSources(buckets.SOURCES, 4096, counted);
      const hopeless = Array.from({ length: 20 }, async (_, at) => {
        const late = saving(`baseline?wid=${10 + at}`, `late/${at}`, "&timeout=200");
        return properties(await ask(late, {}, { ...on, settings, sources }));
      });
      for (const answer of await Promise.all(hopeless)) {
        expect(answer).toMatchObject({ status: "timeout", error: "saveTimeout" });
      }
      const quick = await roomForOne({ ImageTimeout: "50" });
      expect((await ask("baseline?wid=10", {}, { ...on, settings: quick, sources })).status).toBe(503);
      expect(counted).toEqual({ bodies: 0, bytes: 0, cancelled: false });
      expect([gate.leases, gate.waiting]).toEqual([1, 0]);

      const names = ["next/1", "next/2"];
      const next = await Promise.all(
        names.map(async (name) => properties(await ask(saving(REQUEST, name), {}, { ...on, settings }))),
      );
      expect(await properties(await stuck)).toMatchObject({ status: "timeout", error: "saveTimeout" });
      for (const answer of next) expect(answer).toMatchObject({ status: "done" });
      expect(Object.keys(await savedKeys())).toEqual(names.map((name) => `renditions/${name}`));
      expect([gate.leases, gate.waiting]).toEqual([0, 0]);
    },
    PATIENCE_MS,
  );
});
