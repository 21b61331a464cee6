import { Fault } from "../../faults.ts";
import { encodeValue } from "../../protocol/percent.ts";
import { shown } from "../../protocol/problem.ts";
import type { Settings } from "../../settings/settings.ts";
import { clientModifiers } from "../save/signature.ts";

/** So many are sent by a hundred calls or some more, well within the time of a request. */
export const MOST_SAVES = 10_000;
/** Half of what the URL of a request may have; a hundred of these go into the queue in four calls. */
export const LONGEST_URL = 8192;

/** One save of a job, as the client has written it. */
export interface Entry {
  /** A URL, or what stands of it behind the host. */
  readonly url: string;
  /** Where given, the URL need not say that it is a save. */
  readonly name?: string;
}

/**
 * The entries of a job. What one of them says is looked at later.
 *
 * @param text JSON: an array of strings, or of objects with `url` and perhaps `name`
 * @throws Fault `jobInvalid`, `jobTooLarge`
 */
export function entriesIn(text: string): readonly (Entry | undefined)[] {
  const list = arrayIn(text);
  if (list === undefined) throw invalid(`wants a JSON array, got ${shown(text)}`);
  if (list.length === 0) throw invalid("wants one save at least, got an empty array");
  if (list.length > MOST_SAVES) {
    throw new Fault("jobTooLarge", `at most ${MOST_SAVES} saves, got ${list.length}`, { mayBeTold: true });
  }
  return list.map(entryIn);
}

function arrayIn(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where it is none. */
function entryIn(value: unknown): Entry | undefined {
  if (typeof value === "string") return { url: value };
  if (typeof value !== "object" || value === null || !("url" in value) || typeof value.url !== "string")
    return undefined;
  const { url } = value;
  if (!("name" in value) || value.name === undefined) return { url };
  return typeof value.name === "string" ? { url, name: value.name } : undefined;
}

/** The host of saves that come out of the queue: no answer of theirs depends on it, but a URL has one. */
export const ORIGIN = "https://queue.invalid";

/**
 * The URL of a save here, whatever host it was written for: without a signature, which was for another one, and with the name
 * that stands beside it.
 *
 * @throws Fault `jobInvalid` where it is no URL, or too long
 */
export function placedUrl(
  { url: text, name }: Entry,
  settings: Pick<Settings, "SaveAccess">,
): Pick<URL, "pathname" | "search"> {
  const written = URL.parse(text, ORIGIN);
  if (written === null) throw invalid(`wants a URL, or a path with its query, got ${shown(text)}`);
  const modifiers = clientModifiers(written.search.slice(1), settings);
  const naming = name === undefined ? [] : [`req=saveToFile&name=${encodeValue(name)}`];
  const url = new URL(ORIGIN);
  url.pathname = written.pathname;
  url.search = [...(modifiers === "" ? [] : [modifiers]), ...naming].join("&");
  const { length } = url.pathname + url.search;
  if (length > LONGEST_URL) throw invalid(`wants a URL of at most ${LONGEST_URL} characters, got ${length}`);
  return url;
}

export function invalid(detail: string): Fault {
  return new Fault("jobInvalid", detail, { mayBeTold: true });
}
