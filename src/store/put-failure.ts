/** What a rejected `put` says: nothing was written and nothing will be, try again, or nothing that can be relied on. */
export type PutFailure = "refused" | "busy" | "unclear";

/**
 * The errors with which R2 refuses for good: its statuses 400 to 412, but for 10054, which tells of a connection that
 * broke. Source: Cloudflare, "R2 error codes".
 */
const REFUSALS: ReadonlySet<number> = new Set([
  ...[10002, 10003, 10018, 10035, 10042], // who asks
  ...[10005, 10006], // the bucket
  ...[10012, 10020, 10069, 100100], // the object
  ...[10013, 10014, 10031, 10033, 10037], // its bytes, checksum and condition
]);
/** Status 429: more than about one write a second to one key. */
const TOO_MANY_REQUESTS = 10058;

/** Reads R2's number at the end of a message: `put: Your metadata headers exceed … (10012)`. */
export function putFailure(cause: unknown): PutFailure {
  // The binding itself refuses what it cannot send.
  if (cause instanceof TypeError) return "refused";
  const [, number] = /\((\d+)\)\s*$/.exec(cause instanceof Error ? cause.message : "") ?? [];
  const code = Number(number);
  if (code === TOO_MANY_REQUESTS) return "busy";
  return REFUSALS.has(code) ? "refused" : "unclear";
}
