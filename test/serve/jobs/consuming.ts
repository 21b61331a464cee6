import { consume } from "../../../src/jobs/consume.ts";
import type { QueuedSave } from "../../../src/serve/jobs/bulk.ts";
import type { Site } from "../../../src/serve/site.ts";
import { pngOf, quarters } from "../../support/charts.ts";
import { buckets } from "../../support/site.ts";
import { jobObjects } from "./bulk-site.ts";
import { batchOf, messageOf, type NotedMessage } from "./queue-batch.ts";

/** Puts a source and the folder for saves where they belong, and nothing into the folder. */
export async function prepared(): Promise<void> {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(20, 20)));
  const { objects } = await buckets.SAVES.list();
  await buckets.SAVES.delete(objects.map(({ key }) => key));
  await buckets.SAVES.put("renditions/", new Uint8Array());
}

/** A job that has begun, of so many saves. */
export async function jobOf(total: number): Promise<string> {
  const job = crypto.randomUUID();
  await jobObjects().getByName(job).begin(total);
  return job;
}

/** What a job remembers. */
export const stateOf = (job: string) => jobObjects().getByName(job).state();

/** A save as it waits in the queue. */
export function queued(job: string, index: number, parts: Partial<QueuedSave> = {}): QueuedSave {
  return { job, index, url: `/is/image/quarters?wid=9&req=saveToFile&name=${index}.jpg`, from: "", ...parts };
}

export const CONTEXT = { waitUntil: () => {} };

/** Has a batch consumed of which the messages say these. */
export async function consumed(
  bodies: readonly unknown[],
  on: Site,
  { attempts = 1, queue }: { readonly attempts?: number; readonly queue?: string } = {},
): Promise<readonly NotedMessage[]> {
  const messages = bodies.map((body) => messageOf(body, attempts));
  await consume(batchOf(messages, queue), on, CONTEXT);
  return messages;
}
