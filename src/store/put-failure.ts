/** What a rejected `put` says: nothing was written and nothing will be, or nothing that can be relied on. */
export type PutFailure = "refused" | "unclear";

/**
 * The errors with which R2 refuses for good: its statuses 400 to 412, but for 10054, which tells of a connection that
 * broke. 429 (10058) is not among them: it asks to try again, and the contract does not take it for a proof.
 * Source: Cloudflare, "R2 error codes"; save-contract "Two outcomes", 5.
 */
const REFUSALS: ReadonlySet<number> = new Set([
  ...[10002, 10003, 10018, 10035, 10042], // who asks
  ...[10005, 10006], // the bucket
  ...[10012, 10020, 10069, 100100], // the object
  ...[10013, 10014, 10031, 10033, 10037], // its bytes, checksum and condition
  ...[10011, 10024, 10025, 10048], // its upload, and the parts of that
]);
const NO_SUCH_UPLOAD = 10024;

/**
 * Reads R2's number at the end of a message: `put: Your metadata headers exceed … (10012)`.
 *
 * @param sent whether the last byte was on its way by then
 */
export function putFailure(cause: unknown, sent: boolean): PutFailure {
  // The binding itself refuses what it cannot send; once that is sent, an error of this type tells of something else.
  if (cause instanceof TypeError && !sent) return "refused";
  return REFUSALS.has(numberOf(cause)) ? "refused" : "unclear";
}

/** Whether what was to be given up is not there any more. */
export function isGone(cause: unknown): boolean {
  return numberOf(cause) === NO_SUCH_UPLOAD;
}

function numberOf(cause: unknown): number {
  const [, number] = /\((\d+)\)\s*$/.exec(cause instanceof Error ? cause.message : "") ?? [];
  return Number(number);
}
