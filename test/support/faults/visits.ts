import { expect, vi } from "vitest";
import { handle } from "../../../src/serve/handle.ts";
import { site, visit } from "../site.ts";
import type { PutLog } from "./faulty-saves.ts";
import { watchedArrays } from "./rasters.ts";
import { contents, NAME, type Prior, prepare } from "./saved.ts";
import { holdNext, PICTURE, type Scenario, stageOf, TIMEOUT_MS, undisturbed } from "./scenario.ts";
import { ARRIVAL, type Scene } from "./scene.ts";
import { type Answer, answerOf, holdAttempts, holdOutcome } from "./two-outcomes.ts";

/** How a visit went. */
export interface Course {
  readonly scene: Scene;
  readonly puts: readonly PutLog[];
  readonly tookMs: number;
  /** What was handed to `waitUntil`. */
  readonly kept: readonly Promise<unknown>[];
}

/** Time and the console are the scene's as long as this works. */
export async function onScene<T>({ clock }: Scene, work: () => Promise<T>): Promise<T> {
  vi.spyOn(console, "error").mockImplementation(() => {});
  clock.install();
  try {
    return await work();
  } finally {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  }
}

/**
 * Plays a visit under these circumstances, and holds what every visit leaves behind: no body that is open, no timer that runs,
 * and no kernels and no rasters that are lent.
 *
 * @param asked stands behind /is/image/
 */
async function play<T>(
  scenario: Scenario,
  asked: string,
  look: (reply: Response) => Promise<T>,
): Promise<Course & { readonly seen: T }> {
  const { path = PICTURE, init = {} } = scenario;
  const { rasters } = await undisturbed(path);
  const { scene, on, client, puts, kept, settle } = await stageOf(scenario);
  const { kernels } = site().engine;
  const { idle } = kernels;
  const course = await onScene(scene, async () => {
    const arrays = watchedArrays(rasters);
    const visited = visit(asked, init, client);
    await scene.reach(ARRIVAL);
    const reply = await scene.play(handle(visited, on));
    const tookMs = scene.clock.now - visited.arrived;
    const seen = await look(reply);
    // A client that goes when it has its answer changes nothing any more.
    scene.hungUp.abort();
    return { scene, puts, kept, tookMs, arrays, seen, timers: scene.clock.pending };
  });
  await settle();
  expect(course.timers).toBe(0);
  expect(course.arrays.held()).toBe(0);
  expect(kernels.idle).toBeGreaterThanOrEqual(Math.max(1, idle));
  expect(scene.bodies.filter(({ state }) => state === "open")).toEqual([]);
  return course;
}

const saveOf = ({ path = PICTURE, timeoutMs = TIMEOUT_MS }: Scenario) =>
  `${path}&req=saveToFile&name=${NAME}&timeout=${timeoutMs}`;

/** How a save ended, once all that it claims was found to be true. */
export interface Ending extends Answer, Course {}

/** Makes a save under these circumstances. Source: save-contract "Two outcomes". */
export async function save(scenario: Scenario, prior: Prior): Promise<Ending> {
  const { bytes } = await undisturbed(scenario.path ?? PICTURE);
  await prepare(prior, scenario.folder);
  const before = await contents();
  const { seen, ...course } = await play(scenario, saveOf(scenario), answerOf);
  expect(course.kept).toHaveLength(1);
  holdAttempts(course.puts, bytes);
  holdOutcome(seen, course.puts, bytes, before, await contents());
  await holdNext(scenario);
  return { ...seen, ...course };
}

/** How the answer to `req=img` looks. */
export interface Shown extends Course {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Asks for the picture itself under these circumstances, for which it has as much time as a save. */
export async function show(scenario: Scenario): Promise<Shown> {
  const { path = PICTURE, timeoutMs = TIMEOUT_MS, vars = {} } = scenario;
  const timed = { ...scenario, vars: { ImageTimeout: `${timeoutMs}`, ...vars } };
  const { seen, ...course } = await play(timed, path, async (reply) => ({
    status: reply.status,
    headers: reply.headers,
    body: new Uint8Array(await reply.arrayBuffer()),
  }));
  expect(course.kept).toEqual([]);
  await holdNext(scenario);
  return { ...seen, ...course };
}

/**
 * Begins a save that the platform gives up at a moment: from there on nothing of it happens any more, not even what stands
 * in its `finally`.
 *
 * @returns the moments that it came to
 */
export async function abandon(scenario: Scenario, prior: Prior, at: number): Promise<readonly string[]> {
  await prepare(prior, scenario.folder);
  const before = await contents();
  const { promise: isAbandoned, resolve: abandons } = Promise.withResolvers<void>();
  const never = () => {
    abandons();
    return new Promise<void>(() => {});
  };
  const { scene, on, client } = await stageOf({ ...scenario, act: (_, index) => (index === at ? never : undefined) });
  await onScene(scene, async () => {
    const visited = visit(saveOf(scenario), scenario.init, client);
    const begun = scene.reach(ARRIVAL).then(() => scene.play(handle(visited, on)));
    await Promise.race([isAbandoned, begun]);
    scene.end();
  });
  expect(await contents()).toEqual(before);
  return scene.moments;
}
