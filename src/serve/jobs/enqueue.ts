import { Fault } from "../../faults.ts";
import type { Bulk, QueuedSave } from "./bulk.ts";

/** Source: Cloudflare, "Queues", Limits: 100 messages or 256 KB a call, a KB being 1,000 bytes. */
const MOST_MESSAGES = 100;
const MOST_BYTES = 256_000;
/** Source: the same; what a message holds besides its body. */
const BESIDES_BYTES = 100;

/** Before a call is made again that the queue has not taken: it takes 5,000 messages a second, from everybody. */
const WAITS_MS = [250, 1000, 4000];

/** The messages of each call that sends them, in their order. */
export function batchesOf(saves: readonly QueuedSave[]): readonly (readonly QueuedSave[])[] {
  const batches: QueuedSave[][] = [];
  let last: QueuedSave[] = [];
  let bytes = 0;
  for (const save of saves) {
    // Addresses and URLs are ASCII.
    const own = JSON.stringify(save).length + BESIDES_BYTES;
    if (last.length === 0 || last.length === MOST_MESSAGES || bytes + own > MOST_BYTES) {
      last = [];
      bytes = 0;
      batches.push(last);
    }
    last.push(save);
    bytes += own;
  }
  return batches;
}

/**
 * Begins a job and puts its saves into the queue.
 *
 * @throws Fault `jobBroken`; where some are queued, it says which: they are the job then
 */
export async function enqueue(
  saves: readonly QueuedSave[],
  job: string,
  { queue, job: recordOf }: Bulk,
): Promise<void> {
  const record = recordOf(job);
  await record.begin(saves.length).catch((cause: unknown) => {
    throw new Fault("jobBroken", undefined, { cause });
  });
  let sent = 0;
  for (const batch of batchesOf(saves)) {
    try {
      await persistently(() => queue.sendBatch(batch.map((body) => ({ body, contentType: "json" }))));
    } catch (cause) {
      await record.shorten(sent).catch((error) => console.error("a job could not be shortened", error));
      const says = sent === 0 ? "nothing is queued" : `queued are the first ${sent}, as the job ${job}`;
      throw new Fault("jobBroken", says, { mayBeTold: true, cause });
    }
    sent += batch.length;
  }
}

async function persistently(work: () => Promise<unknown>): Promise<void> {
  for (const wait of WAITS_MS) {
    try {
      await work();
      return;
    } catch {
      await scheduler.wait(wait);
    }
  }
  await work();
}
