import type { QueuedSave } from "../serve/jobs/bulk.ts";

/** What a message of the queue says; undefined where it is none of ours. */
export function queuedSaveIn(body: unknown): QueuedSave | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { job, index, url, from } = body as Readonly<Record<string, unknown>>;
  const isOurs =
    typeof job === "string" &&
    typeof index === "number" &&
    typeof url === "string" &&
    url.startsWith("/") &&
    typeof from === "string";
  return isOurs ? { job, index, url, from } : undefined;
}
