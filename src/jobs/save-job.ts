import { DurableObject } from "cloudflare:workers";
import type { JobRecord, JobState, Outcome } from "../serve/jobs/bulk.ts";

/** For so long a job is remembered after it was begun: longer than any message of it can lie in a queue, which is 4 days. */
export const KEPT_MS = 7 * 86_400_000;
/** A job may have ten thousand of them. */
export const MOST_FAILURES = 100;

const TOTAL = "total";

type Failure = JobState["failures"][number];
/** An interface has no index signature, which rows are asked for. */
type Row<T> = { readonly [K in keyof T]: T[K] };

/** What is remembered of one job. Where none was begun there is nothing in its storage, whoever asks. */
export class SaveJob extends DurableObject implements JobRecord {
  async begin(total: number): Promise<void> {
    const { kv, sql } = this.ctx.storage;
    kv.put(TOTAL, total);
    sql.exec(
      "CREATE TABLE IF NOT EXISTS settled (place INTEGER PRIMARY KEY, url TEXT NOT NULL, error TEXT, message TEXT)",
    );
    await this.ctx.storage.setAlarm(Date.now() + KEPT_MS);
  }

  async shorten(total: number): Promise<void> {
    if (this.#total !== undefined) this.ctx.storage.kv.put(TOTAL, total);
  }

  async settle(outcomes: readonly Outcome[]): Promise<void> {
    if (this.#total === undefined) return;
    for (const { index, url, fault } of outcomes) {
      this.ctx.storage.sql.exec(
        `INSERT INTO settled VALUES (?, ?, ?, ?)
          ON CONFLICT (place) DO UPDATE SET error = NULL, message = NULL WHERE excluded.error IS NULL`,
        ...[index, url, fault?.error ?? null, fault?.message ?? null],
      );
    }
  }

  async state(): Promise<JobState | undefined> {
    const total = this.#total;
    if (total === undefined) return undefined;
    const { sql } = this.ctx.storage;
    const { settled, failed } = sql
      .exec<Row<{ settled: number; failed: number }>>(
        "SELECT COUNT(*) AS settled, COUNT(error) AS failed FROM settled WHERE place < ?",
        total,
      )
      .one();
    const failures = sql
      .exec<Row<Failure>>(
        `SELECT place AS "index", url, error, message FROM settled
          WHERE error IS NOT NULL AND place < ? ORDER BY place LIMIT ?`,
        ...[total, MOST_FAILURES],
      )
      .toArray();
    return { total, done: settled - failed, failed, failures };
  }

  /** The job is forgotten. */
  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  get #total(): number | undefined {
    return this.ctx.storage.kv.get<number>(TOTAL);
  }
}
