import type { Answer, Refused } from "./answers.ts";
import type { Entry } from "./entries.ts";
import type { Sending } from "./sending.ts";

/**
 * Saves whose answer never came.
 *
 * They are not simply sent again: that would write twice what was saved, and could write over what somebody has saved since. They are saved
 * only where nothing is. Where something is it may be theirs, or what lay there before; when it was written tells, where the
 * server shows what it has saved. What is older than the save is replaced, that version and no other.
 */
export interface Doubt {
  readonly entry: Entry;
  /** When the first of the saves without an answer was begun, by this machine's clock. */
  readonly since: number;
  /** When none of them can be under way at the server any more. */
  readonly settledAt: number;
}

/**
 * How long a save may be under way when nobody waits for it any more: a client that has hung up is noticed, and the save ended after
 * 25 s, with 10 s for the bucket's word. Source: save-contract "Two outcomes", 4 and 7.
 */
export const SETTLES_MS = 36_000;

/** However long the server may take for a save, after this it has ended: MaxSaveTimeout, and the bucket's word. */
export const ENDED_MS = 320_000;

/** Something lies where the picture was to go, and nobody says whether it is that: it was there when it was asked for again. */
export interface Found {
  readonly is: "found";
}

/** A clock that is less wrong than that is taken as right: the server tells its time in whole seconds. */
const CLOCK_TOLERANCE_MS = 2000;

/** One attempt to settle a doubt. Total: what goes wrong is a value. */
export async function settle({ entry, since }: Doubt, sending: Sending): Promise<Answer | Found> {
  const first = await sending.save(entry, { replaces: "nothing" });
  if (first.is !== "refused") return first;
  if (first.error === "saveTooLargeForCondition") return settleLarge(entry, since, first, sending);
  if (first.error !== "saveConflict") return first;
  const there = await sending.lookUp(entry.name);
  // Those of a catalog with a SavePath of its own are not in the list.
  if (there.is !== "object") return { is: "found" };
  if (isOurs(there.uploaded, since, first)) return foundSaved(entry, there.etag);
  return sending.save(entry, { replaces: "version", etag: there.etag });
}

/** A file that can be saved on no condition. It is looked for first, and sent again where it is not to be seen. */
async function settleLarge(entry: Entry, since: number, refused: Refused, sending: Sending): Promise<Answer> {
  const there = await sending.lookUp(entry.name);
  return there.is === "object" && isOurs(there.uploaded, since, refused)
    ? foundSaved(entry, there.etag)
    : sending.save(entry);
}

/** Whether an object was written after a save was begun. Where the clocks differ, it was begun at the server's time. */
function isOurs(uploaded: number, since: number, { at }: Refused): boolean {
  const ahead = at === undefined ? 0 : at - Date.now();
  return uploaded >= since + (Math.abs(ahead) < CLOCK_TOLERANCE_MS ? 0 : ahead);
}

function foundSaved({ name }: Entry, etag: string): Answer {
  return { is: "saved", name, etag, size: 0, type: "" };
}
