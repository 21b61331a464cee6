import type { Finding, Patient } from "./check.ts";

/** Whether lists of saves can be taken. Nobody needs them who saves one at a time. */
export function lookAtBulk({ server: { bulk } }: Patient): Finding {
  if (bulk !== undefined) return { ok: true, says: "Lists of saves can be queued" };
  const made = ["fixative-saves", "fixative-saves-dead"].map((queue) => `npx wrangler queues create ${queue}`);
  return {
    ok: true,
    says: "Lists of saves are refused: no queue is bound for them",
    mend: `${made.join("; ")}; then the blocks for lists in wrangler.toml`,
  };
}
