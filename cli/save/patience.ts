import { setTimeout as sleep } from "node:timers/promises";
import pRetry from "p-retry";
import type { Answer } from "./answers.ts";

export interface Patience {
  /** How often the same is asked again. */
  readonly retries: number;
  /** Before the first time; twice as long before each one after it, and up to twice of that by chance. */
  readonly firstWaitMs: number;
  /** When it fires nothing is waited for any more, and nothing begun. */
  readonly stopping: AbortSignal;
}

const LONGEST_WAIT_MS = 20_000;

/** An answer that is worth another attempt. */
class WorthAgain extends Error {
  override readonly name = "WorthAgain";
  readonly waitMs: number;
  constructor(waitMs: number) {
    super("worth another attempt");
    this.waitMs = waitMs;
  }
}

/**
 * Asks until there is an answer that another attempt will not change, or none are left: then it is the last answer. Undefined
 * where all was stopped before the first attempt. What is under way is waited for, and its answer counts, whatever stops.
 *
 * @param asksAgain whether an answer is worth another attempt
 */
export async function askedPatiently(
  attempt: () => Promise<Answer>,
  asksAgain: (answer: Answer) => boolean,
  { retries, firstWaitMs, stopping }: Patience,
): Promise<Answer | undefined> {
  let answer: Answer | undefined;
  const asked = async () => {
    answer = await attempt();
    if (asksAgain(answer)) throw new WorthAgain((answer.is === "refused" && answer.waitMs) || 0);
  };
  try {
    await pRetry(asked, {
      retries,
      ...{ minTimeout: firstWaitMs, maxTimeout: LONGEST_WAIT_MS, randomize: true, signal: stopping },
      shouldRetry: ({ error }) => error instanceof WorthAgain,
      onFailedAttempt: async ({ error, retriesLeft }) => {
        if (error instanceof WorthAgain && retriesLeft > 0) await sleep(error.waitMs, undefined, { signal: stopping });
      },
    });
  } catch (thrown) {
    const isStop = stopping.aborted && (thrown === stopping.reason || (thrown as Error).name === "AbortError");
    if (!(thrown instanceof WorthAgain) && !isStop) throw thrown;
  }
  return answer;
}
