import { addressOf } from "./address.ts";
import { networkFailure } from "./network.ts";
import { authorization } from "./token.ts";

/** A server, and what it takes to manage it. */
export interface Server {
  readonly url: URL;
  readonly token: string | undefined;
}

/** What a route that answers in JSON has said. */
export type Managed =
  | { readonly is: "answered"; readonly json: Readonly<Record<string, unknown>> }
  | { readonly is: "refused"; readonly error: string; readonly message: string }
  | { readonly is: "unreachable"; readonly message: string }
  /** Something has answered that is no fixative, or one without that route. */
  | { readonly is: "foreign"; readonly message: string };

/** None of these routes has work for longer; a file may take as long to send as the server waits for it. */
const LONGEST_MS = 120_000;
const LONGEST_PUT_MS = 300_000;

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** Asks a managing route. Total: what goes wrong is a value. */
export async function askManaged(
  server: Server,
  path: string,
  { method = "GET", headers, body }: Asking = {},
): Promise<Managed> {
  let status: number;
  let text: string;
  try {
    const reply = await fetch(addressOf(server.url, path), {
      method,
      headers: { Accept: "application/json", ...authorization(server.token), ...headers },
      body: body ?? null,
      // The token is for the server that was named, and for no other.
      redirect: "manual",
      signal: AbortSignal.timeout(method === "PUT" ? LONGEST_PUT_MS : LONGEST_MS),
    });
    status = reply.status;
    text = await reply.text();
  } catch (thrown) {
    return { is: "unreachable", message: networkFailure(thrown).says };
  }
  const json = objectIn(text);
  if (status < 300 && json !== undefined) return { is: "answered", json };
  if (typeof json?.error === "string") {
    return { is: "refused", error: json.error, message: typeof json.message === "string" ? json.message : json.error };
  }
  return { is: "foreign", message: `${status}: ${beginningOf(text)}` };
}

/** The JSON object that a text is, or undefined. */
function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** The first line of an answer that nobody expected, as far as it is worth a look. */
export function beginningOf(text: string): string {
  const [line = ""] = text.trim().split("\n", 1);
  return line.length > 100 ? `${line.slice(0, 100)}…` : line || "(nothing)";
}

/** Why a route did not do what was asked, in a sentence or two. */
export function sayingOf(server: Server, answer: Exclude<Managed, { is: "answered" }>): string {
  switch (answer.is) {
    case "refused":
      return `${answer.error}: ${answer.message}`;
    case "unreachable":
      return `${server.url.href} does not answer: ${answer.message}`;
    case "foreign":
      return `${server.url.href} is no fixative, or one without this: it answers ${answer.message}`;
  }
}
