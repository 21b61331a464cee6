import { FAULTS } from "../faults.ts";
import { logLine } from "../resolve/log-line.ts";
import type { Bulk, Outcome } from "../serve/jobs/bulk.ts";
import type { Site } from "../serve/site.ts";
import { queuedSaveIn } from "./message.ts";

/** For a save of which nobody else has said how it ended: its isolate may have been ended, again and again. */
const GIVEN_UP = { error: "saveGivenUp", message: FAULTS.saveGivenUp.title };

/**
 * Says of messages that were tried in vain that they are given up: in a line of the log each, by which a save can be asked for
 * again, and to the job, so that it ends. What the job has been told before stays.
 */
export async function deadLetters(
  { messages }: Pick<MessageBatch, "messages">,
  { telemetry }: Site,
  bulk: Bulk,
): Promise<void> {
  const lost = messages.map((message) => ({ message, save: queuedSaveIn(message.body) }));
  for (const [job, those] of Map.groupBy(lost, ({ save }) => save?.job)) {
    const outcomes: Outcome[] = those.flatMap(({ save }) =>
      save === undefined ? [] : [{ index: save.index, url: save.url, fault: GIVEN_UP }],
    );
    if (job !== undefined) await bulk.job(job).settle(outcomes);
    for (const { message, save } of those) {
      const { job: of, index, url } = save ?? {};
      telemetry.log(logLine({ event: "message", state: "dead", id: message.id, job: of, index, url }));
      message.ack();
    }
  }
}
