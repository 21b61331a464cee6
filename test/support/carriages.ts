import { lockOf } from "../../src/protocol/lock.ts";
import { obfuscated } from "../../src/protocol/obfuscation.ts";

/** A request as a client sends it, and the settings of a site that takes modifiers this way. */
export interface Carried {
  /** What stands behind the object. */
  readonly query: string;
  readonly init: RequestInit;
  readonly vars: Readonly<Record<string, string>>;
}

/** Every way in which modifiers come to a site. */
export const CARRIAGES = {
  query: (modifiers) => inQuery(modifiers.join("&")),
  /** Links that were copied out of HTML. */
  entities: (modifiers) => inQuery(modifiers.join("&amp;")),
  form: (modifiers) => inForm(modifiers.join("&").toWellFormed()),
  /** Base64 holds ASCII alone: what is beyond it, clients encode before. */
  obfuscated: (modifiers) => inQuery(obfuscated(ascii(modifiers.join("&"))), { RequestObfuscation: "1" }),
  locked: (modifiers) =>
    inQuery(obfuscated(withLock(ascii(modifiers.join("&")))), { RequestObfuscation: "1", RequestLock: "1" }),
  lockedForm: (modifiers) => inForm(withLock(modifiers.join("&").toWellFormed()), { RequestLock: "1" }),
} as const satisfies Record<string, (modifiers: readonly string[]) => Carried>;

export type Carriage = keyof typeof CARRIAGES;
export const CARRIAGE_NAMES = Object.keys(CARRIAGES) as readonly Carriage[];
/** Those whose modifiers a URL parser reads as they are. */
export const IN_URL: readonly Carriage[] = ["query", "entities"];

function inQuery(text: string, vars: Carried["vars"] = {}): Carried {
  return { query: `?${text}`, init: {}, vars };
}

function inForm(text: string, vars: Carried["vars"] = {}): Carried {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return { query: "", init: { method: "POST", headers, body: text }, vars };
}

function ascii(text: string): string {
  return text.toWellFormed().replace(/[^\0-\x7f]+/g, encodeURIComponent);
}

function withLock(text: string): string {
  return `${text}&${lockOf(text)}`;
}
