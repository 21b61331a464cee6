/**
 * `npm run soak -- --minutes 2 [--clients 8] [--seed 1]`: saves, reads, failures, clients that hang up and a process that is
 * stopped for moments, at random, against the published bundle on local R2. Stops by itself, and exits with 1 where anything
 * was not as the contract of saves has it.
 */
import { execFile } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs, promisify } from "node:util";
import { canMeasureMemory, forgetPeak, peakBytes, residentBytes, withChild } from "../../bench/process-memory.ts";
import { bundleWorker } from "../../scripts/local/bundle.ts";
import { fail } from "../../scripts/local/console.ts";
import { LOCAL_VARS, startLocal } from "../../scripts/local/worker.ts";
import { randomNumbers } from "../support/random.ts";
import { afterwards, type Left, type Operation, operations } from "./operations.ts";
import { Tally } from "./tally.ts";
import { World } from "./world.ts";

/** An operation that takes longer is a violation: nothing may hang. */
const LONGEST_MS = 90_000;
/** With little time less is spent on a small file: its bytes are to depend on nothing but the request. */
const VARS = { SaveEffort: "fast" };
const MOST_OPERATIONS = 200_000;
/** A client that has hung up may have left a save that goes on for so long. */
const SETTLE_MS = 5000;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "2" },
    clients: { type: "string", default: "8" },
    seed: { type: "string", default: `${Date.now() % 1_000_000}` },
  },
});
const minutes = number("minutes", values.minutes, 120);
const clients = number("clients", values.clients, 64);
const seed = number("seed", values.seed, 2 ** 31);

const [worker, pid] = await withChild("workerd", () =>
  startLocal({ vars: { ...LOCAL_VARS, ...VARS }, modules: bundleWorker(), quiet: true }),
);
const random = randomNumbers(seed);
const tally = new Tally();
const left: Left = { abandoned: [], shared: new Map() };
let isOver = false;
let ids = 0;
try {
  const world = await World.of(worker, random);
  const measures = pid !== 0 && canMeasureMemory();
  if (measures) forgetPeak(pid);
  const atFirst = measures ? residentBytes(pid) : 0;
  console.log(`${minutes} minutes, ${clients} clients, seed ${seed}`);
  const until = performance.now() + minutes * 60_000;
  const stops = pid === 0 ? undefined : stopForMoments(until);
  await Promise.all(Array.from({ length: clients }, () => client(world, until)));
  isOver = true;
  await stops;
  await pause(SETTLE_MS);
  const wrong = [...tally.violations, ...(await afterwards(world, left))];
  console.log(tally.lines().join("\n"));
  console.log(`${tally.operations} operations, ${wrong.length} violations`);
  for (const what of wrong.slice(0, 20)) console.log(`  ${what}`);
  console.log(measures ? memoryLine(atFirst) : "workerd: this system does not tell what a process holds");
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await worker.stop();
}

async function client(world: World, until: number): Promise<void> {
  const table = operations(left);
  const sum = table.reduce((total, { weight }) => total + weight, 0);
  while (performance.now() < until && tally.operations < MOST_OPERATIONS) {
    const operation = drawn(table, world.random() * sum);
    const began = performance.now();
    const verdict = await judged(operation, world);
    tally.add(operation.kind, performance.now() - began, verdict);
  }
}

function drawn(table: readonly Operation[], at: number): Operation {
  let passed = 0;
  const found = table.find(({ weight }) => {
    passed += weight;
    return at < passed;
  });
  return found ?? (table[0] as Operation);
}

/** Whatever is thrown is a violation, and so is silence. */
async function judged(operation: Operation, world: World): Promise<string | undefined> {
  const silence = new AbortController();
  const waited = pause(LONGEST_MS, "no answer", { signal: silence.signal }).catch(() => undefined);
  try {
    return await Promise.race([operation.run(world, nextId()), waited]);
  } catch (cause) {
    return String(cause);
  } finally {
    silence.abort();
  }
}

function nextId(): number {
  ids++;
  return ids;
}

/** Stops the whole process for moments, as a busy machine does: clocks jump, and timers are late. */
async function stopForMoments(until: number): Promise<void> {
  while (performance.now() < until && !isOver) {
    await pause(2000 + random() * 6000);
    const seconds = 0.05 + random() * 0.45;
    // By another process: this one waits for the bucket without looking at anything else, and would wait for ever.
    await promisify(execFile)("sh", ["-c", `kill -STOP ${pid}; sleep ${seconds.toFixed(2)}; kill -CONT ${pid}`]);
  }
}

function number(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!(value > 0 && value <= most)) fail(`--${name}: wants a number up to ${most}, got ${text}`);
  return value;
}

/** Of the whole process, which has the simulated R2 in it. */
function memoryLine(atFirst: number): string {
  const [first, peak, last] = [atFirst, peakBytes(pid), residentBytes(pid)].map(megabytes);
  return `workerd, resident: ${first} before, ${peak} at the peak, ${last} in the end`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
