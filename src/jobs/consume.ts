import { Fault } from "../faults.ts";
import { logLine } from "../resolve/log-line.ts";
import { handle } from "../serve/handle.ts";
import type { Bulk, Outcome, QueuedSave } from "../serve/jobs/bulk.ts";
import { faultOf, messageOf } from "../serve/replies.ts";
import type { Site } from "../serve/site.ts";
import { faultIn } from "./answer.ts";
import { someAtOnce } from "./at-once.ts";
import { deadLetters } from "./dead-letters.ts";
import { queuedSaveIn } from "./message.ts";
import { delayAfter, isWorthAnother, MOST_TRIES } from "./tries.ts";
import { visitOf } from "./visit.ts";

/** By its name a queue is known for the one that dead letters go to. */
const DEAD = /-dead$/;

/**
 * Saves that are in the making at a time: while one waits for a bucket the others use the CPU, and each has a connection of the six
 * that an invocation may have open. For memory they wait in line, like all others of the isolate.
 */
const AT_ONCE = 4;

/**
 * An invocation has 120 s of CPU (`limits`), one save may take the 60 s of `SaveTimeout`, and an isolate has one thread: what begins
 * within these ends in time, and what does not goes back into the queue.
 */
const BEGIN_WITHIN_MS = 40_000;

/** What the platform lets a batch do. */
interface Context {
  waitUntil(work: Promise<unknown>): void;
}

/**
 * Makes the saves of a batch, each as a request of it would be made, and tells their jobs how they have ended; then a message is
 * taken out of the queue. One that fails for no fault of its own comes again, `MOST_TRIES` times at most, and then
 * goes where dead letters go.
 *
 * @throws Fault `jobsUnbound` where nobody is there to be told: the batch comes again
 */
export async function consume(batch: MessageBatch, site: Site, context: Context): Promise<void> {
  const { bulk } = site;
  if (bulk === undefined) throw new Fault("jobsUnbound");
  if (DEAD.test(batch.queue)) return deadLetters(batch, site, bulk);
  const begun = Date.now();
  const ended: Ended[] = [];
  await someAtOnce(batch.messages, AT_ONCE, async (message) => {
    const save = queuedSaveIn(message.body);
    if (save === undefined) return unread(message, site);
    // Only what was never tried: a message of its own is counted anew, and what has failed would be tried for ever.
    if (message.attempts === 1 && Date.now() - begun > BEGIN_WITHIN_MS) return handBack(message, save, bulk);
    const outcome = await outcomeOf(save, site, context);
    const isOver = outcome.fault === undefined || !isWorthAnother(outcome.fault.error);
    if (!isOver && message.attempts < MOST_TRIES) {
      return message.retry({ delaySeconds: delayAfter(message.attempts, site.settings) });
    }
    const end = { message, save, outcome, isGivenUp: !isOver };
    // What comes again may have been beside one that ends its isolate, and may be so now.
    if (message.attempts > 1) await tell([end], site, bulk);
    else ended.push(end);
  });
  await tell(ended, site, bulk);
}

/** A message whose save will not be tried again. */
interface Ended {
  readonly message: Message;
  readonly save: QueuedSave;
  readonly outcome: Outcome;
  /** Another try might have helped: it is for the dead letters. */
  readonly isGivenUp: boolean;
}

/** One call for all of a job. What cannot be told comes again, and its saves are made again, to the same effect. */
async function tell(ended: readonly Ended[], { settings }: Site, bulk: Bulk): Promise<void> {
  for (const [job, those] of Map.groupBy(ended, ({ save }) => save.job)) {
    try {
      await bulk.job(job).settle(those.map(({ outcome }) => outcome));
      for (const { message, isGivenUp } of those) {
        if (isGivenUp) message.retry();
        else message.ack();
      }
    } catch (cause) {
      console.error(`the job ${job} could not be told`, cause);
      for (const { message } of those) message.retry({ delaySeconds: delayAfter(message.attempts, settings) });
    }
  }
}

async function outcomeOf(save: QueuedSave, site: Site, context: Context): Promise<Outcome> {
  const { index, url } = save;
  try {
    return { index, url, fault: await faultIn(await handle(await visitOf(save, site, context), site)) };
  } catch (thrown) {
    const fault = faultOf(thrown);
    return { index, url, fault: { error: fault.code, message: messageOf(fault, site.settings.ErrorDetail) } };
  }
}

/** As a message of its own: what was not begun was not tried. */
async function handBack(message: Message, save: QueuedSave, { queue }: Bulk): Promise<void> {
  try {
    await queue.send(save, { contentType: "json" });
    message.ack();
  } catch (cause) {
    console.error("a save could not be handed back", cause);
    message.retry();
  }
}

/** Nobody knows whose it is: it ends among the dead letters, and waiting makes it no better. */
function unread(message: Message, { telemetry }: Site): void {
  telemetry.log(logLine({ event: "message", state: "unread", id: message.id, tries: message.attempts }));
  message.retry({ delaySeconds: 0 });
}
