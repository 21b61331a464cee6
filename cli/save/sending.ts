import { addressOf } from "../server/address.ts";
import { askManaged, type Server } from "../server/managed.ts";
import { networkFailure } from "../server/network.ts";
import { authorization } from "../server/token.ts";
import { type Answer, readAnswer, unanswered } from "./answers.ts";
import type { Entry } from "./entries.ts";

/** What a save may replace: anything where absent. */
export type Condition = { readonly replaces: "nothing" } | { readonly replaces: "version"; readonly etag: string };

/** What lies at a name: nothing, an object, or nobody says. */
export type There =
  | { readonly is: "object"; readonly etag: string; readonly uploaded: number }
  | { readonly is: "nothing" }
  | { readonly is: "untold" };

/** A server as lists of saves use it. */
export interface Sending {
  save(entry: Entry, condition?: Condition): Promise<Answer>;
  lookUp(name: string): Promise<There>;
}

/** A save without `timeout=` takes as long as the server's settings allow: that is not known here. */
const LONGEST_MS = 300_000;
/** What an answer may take to come, once the server's time is up. */
const GRACE_MS = 30_000;

export function sendingTo(server: Server, timeoutMs: number | undefined): Sending {
  const patienceMs = timeoutMs === undefined ? LONGEST_MS : timeoutMs + GRACE_MS;
  return {
    save: (entry, condition) => sendSave(server, entry, condition, patienceMs),
    lookUp: (name) => lookUp(server, name),
  };
}

/**
 * Sends one save. Total: what goes wrong is a value.
 *
 * By POST: what stands between may send a GET again by itself, and only a POST has conditions.
 * Source: save-contract "Two outcomes", 8.
 */
async function sendSave(
  server: Server,
  { path }: Entry,
  condition: Condition | undefined,
  patienceMs: number,
): Promise<Answer> {
  try {
    const reply = await fetch(addressOf(server.url, path), {
      method: "POST",
      headers: { ...authorization(server.token), ...headersOf(condition) },
      // The token is for the server that was named, and for no other.
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
    const { status, headers } = reply;
    return readAnswer({ status, text: await reply.text(), retryAfter: headers.get("Retry-After") }, Date.now());
  } catch (thrown) {
    return unanswered(networkFailure(thrown));
  }
}

function headersOf(condition: Condition | undefined): Readonly<Record<string, string>> {
  if (condition === undefined) return {};
  return condition.replaces === "nothing" ? { "If-None-Match": "*" } : { "If-Match": `"${condition.etag}"` };
}

/** Looks a name up in the list of what was saved, where the server shows one. Of all that begin with a name it comes first. */
async function lookUp(server: Server, name: string): Promise<There> {
  const answer = await askManaged(server, `/is/content?limit=1&prefix=${encodeURIComponent(name)}`);
  if (answer.is !== "answered" || !Array.isArray(answer.json.objects)) return { is: "untold" };
  const [first] = answer.json.objects as readonly Readonly<Record<string, unknown>>[];
  if (first === undefined || first.key !== name) return { is: "nothing" };
  const { etag, uploaded } = first;
  const time = typeof uploaded === "string" ? Date.parse(uploaded) : Number.NaN;
  if (typeof etag !== "string" || Number.isNaN(time)) return { is: "untold" };
  // As a header has it, or bare.
  return { is: "object", etag: etag.replace(/^(?:W\/)?"|"$/g, ""), uploaded: time };
}
