/**
 * A process that does one of TASKS, which is its argument, and sends what it measured. catalog-tasks.ts starts it, with `--expose-gc`.
 */
import { readFileSync } from "node:fs";
import { chance } from "../scripts/samples/chance.ts";
import { imageDataFile } from "./catalog-file.ts";
import { LOADINGS, type LoadingName } from "./catalog-loading.ts";
import { canMeasureMemory, forgetPeak, peakBytes, residentBytes } from "./process-memory.ts";
import { inRounds, type Rounds } from "./statistics.ts";

export const MANY = 50_000;
export const FEW = 500;
/** Look-ups that are timed at once. */
const LOOK_UPS = 5000;

/** Milliseconds that all threads of this process have worked for. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function collect(): void {
  // Some things go with the second collection only: buffers, once the objects have gone that held them.
  for (let time = 0; time < 3; time++) globalThis.gc?.();
}

function heldBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What a first loading costs in a process that has loaded nothing yet but 500 records. */
export interface FirstLoading {
  readonly fileBytes: number;
  readonly ms: number;
  /** Heap and buffers after a collection, the file's bytes among them where they are still needed. */
  readonly held: number;
  /** By how much the resident memory grew at most, with the file's bytes; NaN where the system does not tell. */
  readonly peak: number;
}

/** @param path a file of MANY records: making one here would leave room behind that loading could fill unseen */
async function firstLoading({
  name,
  path,
}: {
  readonly name: LoadingName;
  readonly path: string;
}): Promise<FirstLoading> {
  const load = await LOADINGS[name]();
  load(imageDataFile(FEW));
  let bytes: Uint8Array | undefined = readFileSync(path);
  const fileBytes = bytes.length;
  const before = heldBytes() - fileBytes;
  const isTold = canMeasureMemory();
  if (isTold) forgetPeak(process.pid);
  const resident = isTold ? residentBytes(process.pid) - fileBytes : Number.NaN;
  const started = cpuMs();
  const records = load(bytes);
  const ms = cpuMs() - started;
  const peak = isTold ? peakBytes(process.pid) - resident : Number.NaN;
  // Who needs them no more is not to be charged for them.
  bytes = undefined;
  const held = heldBytes() - before;
  // It is used once more, and so is held until here.
  if (records.size !== MANY) throw new Error(`${name} loaded ${records.size} records`);
  return { fileBytes, ms, held, peak };
}

/** Milliseconds of each loading, ours and the peer's in turns. */
async function loadings(rounds: Rounds): Promise<readonly (readonly number[])[]> {
  const bytes = imageDataFile(MANY);
  const runs = await Promise.all(
    (["ours", "papaparse"] as const).map(async (name) => {
      const load = await LOADINGS[name]();
      return async () => {
        // Once: the engine throws compiled code away that several collections have seen idle.
        globalThis.gc?.();
        const started = cpuMs();
        load(bytes);
        return cpuMs() - started;
      };
    }),
  );
  await inRounds(runs, { most: 3, budgetMs: 0, least: 3 });
  return inRounds(runs, rounds);
}

/** Nanoseconds of a look-up among many records and among few, in turns. */
async function lookUps(rounds: Rounds): Promise<readonly (readonly number[])[]> {
  const load = await LOADINGS.ours();
  const next = chance(1);
  const runs = [MANY, FEW].map((count) => {
    const records = load(imageDataFile(count));
    const ids = records.ids();
    return async () => {
      // Others each time, in no order: among many hardly one is asked for twice.
      const asked = Array.from({ length: LOOK_UPS }, () => ids[Math.floor(next() * ids.length)] ?? "");
      const started = performance.now();
      for (const id of asked) records.find(id);
      return ((performance.now() - started) * 1e6) / LOOK_UPS;
    };
  });
  await inRounds(runs, { most: 10, budgetMs: 0, least: 10 });
  return inRounds(runs, rounds);
}

export const TASKS = { firstLoading, loadings, lookUps } as const;
export type TaskName = keyof typeof TASKS;

if (process.send !== undefined) {
  const [task, asked] = [process.argv[2] as TaskName, JSON.parse(process.argv[3] ?? "") as never];
  process.send(await TASKS[task](asked));
  process.disconnect();
}
