import { expect } from "vitest";
import type { FaultCode } from "../../../src/faults.ts";
import { readPng } from "../charts.ts";
import { readProperties } from "../properties.ts";
import { SAVE_HEADERS } from "../save-headers.ts";
import type { PutLog } from "./faulty-saves.ts";
import { type Contents, KEY, NAME, OLD, SOMEBODY_ELSES } from "./saved.ts";

/** What was said of a save. */
export interface Answer {
  readonly code: FaultCode | "done";
  readonly properties: ReadonlyMap<string, string>;
}

const LAST_UPDATED = expect.stringMatching(/^\d{13}$/);

/** The answer to a save, held to the contract in status, headers and format. */
export async function answerOf(reply: Response): Promise<Answer> {
  const { outcome, properties } = readProperties(await reply.text());
  expect(Object.fromEntries(reply.headers)).toMatchObject(SAVE_HEADERS);
  expect([reply.status, outcome]).toEqual(outcome === "OK" ? [200, "OK"] : [403, "ERROR"]);
  const code = outcome === "OK" ? "done" : (properties.get("error") as FaultCode);
  const status = code === "done" ? "done" : code === "saveTimeout" ? "timeout" : "failed";
  expect(properties.get("status")).toBe(status);
  return { code, properties };
}

/** Every attempt brings the same bytes under the same id. Source: save-contract "Two outcomes", 5. */
export function holdAttempts(puts: readonly PutLog[], wanted: Uint8Array): void {
  for (const { saveId, digest, taken } of puts) {
    expect(saveId).toMatch(/^[0-9a-f-]{36}$/);
    expect([saveId, digest]).toEqual([puts[0]?.saveId, puts[0]?.digest]);
    expect(taken).toEqual(wanted.subarray(0, taken.length));
  }
}

/**
 * Holds what an answer claims against what is in the bucket, when everything there has come to rest.
 *
 * @param wanted the bytes that are to be saved
 * Source: save-contract "Two outcomes", 1, 2 and 5.
 */
export function holdOutcome(
  { code, properties }: Answer,
  puts: readonly PutLog[],
  wanted: Uint8Array,
  before: Contents,
  after: Contents,
): void {
  const beside = ({ versions }: Contents) => [...versions].filter(([key]) => key !== KEY);
  expect(beside(after)).toEqual(beside(before));
  const is = after.object;
  // Whoever writes behind a save takes nothing from its truth.
  const isElses = is !== undefined && isSame(is.bytes, SOMEBODY_ELSES);
  const wasStored = puts.some(({ stored }) => stored);
  if (code === "done") {
    expect(wasStored).toBe(true);
    const { width, height } = readPng(wanted).size;
    expect(Object.fromEntries(properties)).toMatchObject({
      name: NAME,
      width: `${width}`,
      height: `${height}`,
      size: `${wanted.length}`,
      type: "image/png",
      etag: isElses ? expect.anything() : is?.etag,
      // A bucket that stores the same bytes once more has its own time for that.
      lastUpdated: isElses || puts.some(({ storedLate }) => storedLate) ? LAST_UPDATED : `${is?.uploaded.getTime()}`,
    });
    if (!isElses) expect(is).toMatchObject({ bytes: wanted, type: "image/png" });
  } else if (code === "saveUnknown") {
    // Somebody had the last byte, or may have had it; or says so.
    expect(puts.some(({ taken, said }) => taken.length >= wanted.length - 1 || said === "written")).toBe(true);
    // Whatever is there is whole.
    if (is !== undefined) expect([wanted, OLD, SOMEBODY_ELSES]).toContainEqual(is.bytes);
  } else {
    expect(wasStored).toBe(false);
    if (!isElses) expect(is).toEqual(before.object);
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
