import type { MiniflareOptions } from "miniflare";
import type { Unstable_Config } from "wrangler";

type WorkerConfig = MiniflareOptions["workers"][number]["config"];

/** What of wrangler.toml is about lists of saves. */
export type BulkConfig = Pick<Unstable_Config, "name" | "queues" | "durable_objects" | "migrations">;

/** The queues, who reads them, and the objects that remember jobs, as the embedded runtime wants them, from wrangler.toml. */
export function bulkBindings({ name = "", queues, durable_objects, migrations }: BulkConfig): {
  readonly env: NonNullable<WorkerConfig["env"]>;
  readonly triggers: NonNullable<WorkerConfig["triggers"]>;
  readonly exports: NonNullable<WorkerConfig["exports"]>;
} {
  const objects = durable_objects.bindings;
  const classes = migrations.flatMap(({ new_sqlite_classes = [] }) => new_sqlite_classes);
  return {
    env: Object.fromEntries([
      ...(queues.producers ?? []).map(({ binding, queue }) => [binding, { type: "queue" as const, name: queue }]),
      ...objects.map((object) => [
        object.name,
        { type: "durable-object" as const, worker: name, exportName: object.class_name },
      ]),
    ]),
    triggers: (queues.consumers ?? []).map((consumer) => ({
      type: "queue" as const,
      name: consumer.queue,
      maxBatchSize: consumer.max_batch_size,
      maxBatchTimeout: consumer.max_batch_timeout,
      maxRetries: consumer.max_retries,
      retryDelay: consumer.retry_delay,
      deadLetterQueue: consumer.dead_letter_queue,
    })),
    exports: Object.fromEntries(
      classes.map((each) => [each, { type: "durable-object" as const, storage: "sqlite" as const }]),
    ),
  };
}
