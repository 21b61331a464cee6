import { FAULTS, type FaultCode } from "../../src/faults.ts";
import { readProperties } from "../../src/serve/read-properties.ts";
import type { NetworkFailure } from "../server/network.ts";

/** The picture is there: the server has said so. */
export interface Saved {
  readonly is: "saved";
  readonly name: string;
  readonly etag: string;
  readonly size: number;
  readonly type: string;
}

/** The picture was not saved by this request. */
export interface Refused {
  readonly is: "refused";
  /** The server's code, or one of ours: `unreachable`, `http<status>`, `noFixative`. */
  readonly error: string;
  readonly message: string;
  /** Whether the same request may go well another time. */
  readonly worthAgain: boolean;
  /** Before that the server does not want to be asked again. */
  readonly waitMs?: number;
  /** The server's clock, where it has said. */
  readonly at?: number;
}

/** Nobody has said whether the picture was saved, or is being saved yet. */
export interface Unclear {
  readonly is: "unclear";
  readonly error: string;
  readonly message: string;
}

export type Answer = Saved | Refused | Unclear;

/** Faults that are not ours or the platform's, and may be gone the next time all the same. */
const PASSING: ReadonlySet<string> = new Set(["saveTimeout", "formTimeout", "formBroken"] satisfies FaultCode[]);
/** With this one the server claims nothing about the key. Source: save-contract "Two outcomes", 2. */
const CLAIMS_NOTHING: FaultCode = "saveUnknown";

/** Faults that every save of a list will meet: there is no use in going on. */
const FOR_ALL: ReadonlySet<string> = new Set([
  ...(["tokenUnset", "tokenWrong", "signKeyUnset", "signatureMissing", "signedPost"] satisfies FaultCode[]),
  ...(["addressRefused", "saveOverSources", "settings"] satisfies FaultCode[]),
  ...["unreachable", "noFixative"],
]);

/** Whether all others will be refused with the same. */
export function concernsAll({ error }: Refused): boolean {
  return FOR_ALL.has(error);
}

const FAULT_ROWS: ReadonlyMap<string, (typeof FAULTS)[FaultCode]> = new Map(Object.entries(FAULTS));

/** Whether a fault may be gone when the same is asked again. A code that this version does not know is taken at its word. */
export function isPassing(code: string): boolean {
  return FAULT_ROWS.get(code)?.who === "us" || PASSING.has(code);
}

/** Statuses with which something before the server says that the request went no further. */
const TURNED_AWAY = [429];

/** An answer as it came: status, text, and the header `Retry-After`. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
}

/**
 * What an answer says of a save.
 *
 * @param now milliseconds since 1970, for a `Retry-After` that is a date
 */
export function readAnswer({ status, text, retryAfter }: Reply, now: number): Answer {
  const properties = readProperties(text);
  const waitMs = waitIn(retryAfter, now);
  const wait = waitMs === undefined ? {} : { waitMs };
  if (properties === undefined) return withoutProperties(status, text, wait);
  const { outcome, at, values } = properties;
  if (outcome === "OK" && status === 200) {
    const [name = "", etag = "", type = ""] = ["name", "etag", "type"].map((each) => values.get(each));
    return { is: "saved", name, etag, type, size: Number(values.get("size")) };
  }
  const error = values.get("error") ?? `http${status}`;
  const message = values.get("message") ?? "";
  if (error === CLAIMS_NOTHING) return { is: "unclear", error, message };
  return { is: "refused", error, message, worthAgain: isPassing(error), at, ...wait };
}

/** An answer that is not of a save: of a proxy, a CDN, or another server. */
function withoutProperties(status: number, text: string, wait: { readonly waitMs?: number }): Answer {
  const [line = ""] = text.trim().split("\n", 1);
  const message = `${status}: ${line.slice(0, 200)}`;
  const error = `http${status}`;
  if (status < 300)
    return { is: "refused", error: "noFixative", message: "it answers with no properties", worthAgain: false };
  if (status < 400) {
    const advice = "it redirects: give its last address as --server";
    return { is: "refused", error: "noFixative", message: advice, worthAgain: false };
  }
  if (TURNED_AWAY.includes(status) || (status === 503 && wait.waitMs !== undefined)) {
    return { is: "refused", error, message, worthAgain: true, ...wait };
  }
  // A proxy that has lost patience with a save does not end it.
  if (status >= 500) return { is: "unclear", error, message };
  return { is: "refused", error, message, worthAgain: false };
}

/** What a request says that brought no answer. */
export function unanswered({ neverSent, says }: NetworkFailure): Answer {
  return neverSent
    ? { is: "refused", error: "unreachable", message: says, worthAgain: true }
    : { is: "unclear", error: "noAnswer", message: says };
}

/** Longer than this nobody waits for a server. */
const LONGEST_WAIT_MS = 10 * 60_000;

/** `Retry-After`: seconds, or a date. Source: RFC 9110, 10.2.3. */
function waitIn(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? "";
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}
