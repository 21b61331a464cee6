import { env } from "cloudflare:workers";
import { handle } from "../../../src/serve/handle.ts";
import type { Bulk, JobRecord, QueuedSave } from "../../../src/serve/jobs/bulk.ts";
import type { Site } from "../../../src/serve/site.ts";
import type { Visit } from "../../../src/serve/visit.ts";
import type { Env } from "../../../src/worker.ts";
import { site, visit } from "../../support/site.ts";

const { SAVE_JOBS } = env as unknown as Pick<Env, "SAVE_JOBS">;

/** The local objects that remember jobs. */
export function jobObjects(): NonNullable<Env["SAVE_JOBS"]> {
  if (SAVE_JOBS === undefined) throw new Error("SAVE_JOBS is not bound");
  return SAVE_JOBS;
}

/** A queue that notes the calls that it has taken, and jobs as they are remembered. */
export interface NotedBulk {
  readonly bulk: Bulk;
  /** The saves of each call, `send` or `sendBatch`. */
  readonly calls: (readonly QueuedSave[])[];
  /** Jobs of which somebody wanted to know or say something. */
  readonly asked: string[];
}

/** @param takes whether a call is taken, of which this is the number, from 0 */
export function notedBulk(takes: (call: number) => boolean = () => true, parts: Partial<JobRecord> = {}): NotedBulk {
  const calls: (readonly QueuedSave[])[] = [];
  const asked: string[] = [];
  let count = 0;
  const take = async (saves: readonly QueuedSave[]) => {
    if (!takes(count++)) throw new Error("Too Many Requests");
    calls.push(saves);
    return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
  };
  const queue: Bulk["queue"] = {
    send: (save) => take([save]),
    sendBatch: (messages) => take([...messages].map(({ body }) => body)),
  };
  const job = (id: string): JobRecord => {
    asked.push(id);
    const record = jobObjects().getByName(id);
    return {
      begin: (total) => record.begin(total),
      shorten: (total) => record.shorten(total),
      settle: (outcomes) => record.settle(outcomes),
      state: () => record.state(),
      ...parts,
    };
  };
  return { bulk: { queue, job }, calls, asked };
}

/** A site on the local buckets, with what is bound for jobs. */
export function bulkSite(
  { bulk }: Pick<NotedBulk, "bulk">,
  vars: Readonly<Record<string, string>> = {},
  parts: Partial<Site> = {},
): Site {
  return site(vars, { bulk, ...parts });
}

/** Asks a site for what stands behind /is/save. */
export function askJobs(path: string, init: RequestInit, on: Site, parts: Partial<Visit> = {}): Promise<Response> {
  const request = new Request(`https://pictures.example/is/save${path}`, init);
  return handle(visit("", {}, { request, ...parts }), on);
}

/** Gives a list to be saved. */
export function askForSaves(list: unknown, on: Site, headers: Readonly<Record<string, string>> = {}) {
  return askJobs("", { method: "POST", body: JSON.stringify(list), headers }, on);
}
