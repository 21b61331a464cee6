/** A message of a queue, and what became of it: the first word counts, as with the platform. */
export interface NotedMessage extends Message {
  readonly became: "" | "taken" | "again";
  /** Seconds until it comes again; undefined where the queue decides, or it does not. */
  readonly delay: number | undefined;
}

export function messageOf(body: unknown, attempts = 1): NotedMessage {
  let became: NotedMessage["became"] = "";
  let delay: number | undefined;
  return {
    id: crypto.randomUUID(),
    timestamp: new Date(),
    body,
    attempts,
    ack() {
      became ||= "taken";
    },
    retry(options) {
      if (became === "") delay = options?.delaySeconds;
      became ||= "again";
    },
    get became() {
      return became;
    },
    get delay() {
      return delay;
    },
  };
}

export function batchOf(messages: readonly Message[], queue = "fixative-saves"): MessageBatch {
  const metadata = { metrics: { backlogCount: 0, backlogBytes: 0 } };
  const forAll = () => {
    throw new Error("each message is spoken of by itself");
  };
  return { messages, queue, metadata, ackAll: forAll, retryAll: forAll };
}
