/** What the server refused, in its own words. */
export class Refusal extends Error {
  readonly status: number;
  /** The code of its fault, where the answer has one. */
  readonly code: string | undefined;

  constructor(status: number, message: string, code?: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The token that saves and sources are asked for with. It is kept nowhere but here: it is gone with the page. */
let token = "";
const followers: (() => void)[] = [];

export function setToken(text: string): void {
  token = text.trim();
  for (const tell of followers) tell();
}

/** Tells whenever another token is given. */
export function followToken(tell: () => void): void {
  followers.push(tell);
}

/** Whether a refusal is about the token. */
export function wantsToken(refusal: unknown): boolean {
  return refusal instanceof Refusal && /^token/.test(refusal.code ?? "");
}

/** Asks with the token, where there is one. */
export function askAsOwner(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (token !== "") headers.set("Authorization", `Bearer ${token}`);
  return fetch(path, { ...init, headers });
}

/** @throws Refusal where the answer is not JSON of a request that was carried out */
export async function askForJson<T>(path: string, init: RequestInit = {}): Promise<T> {
  const reply = await askAsOwner(path, init);
  const text = await reply.text();
  if (reply.ok) return JSON.parse(text) as T;
  throw refusalOf(reply.status, text);
}

/** A refusal in JSON or in plain words. */
export function refusalOf(status: number, text: string): Refusal {
  try {
    const { message, error } = JSON.parse(text) as { readonly message?: unknown; readonly error?: unknown };
    if (typeof message === "string") return new Refusal(status, message, typeof error === "string" ? error : undefined);
  } catch {
    // Plain words.
  }
  return new Refusal(status, text.trim() || `The server answered ${status}.`);
}
