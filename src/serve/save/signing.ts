import { commandNamed } from "../../protocol/commands/table.ts";
import { splitModifiers } from "../../protocol/modifiers.ts";
import { hex } from "../hex.ts";

/**
 * Signed URLs: how one is made and taken apart. What stands here is shared by the Worker and by `npm run sign`.
 *
 * The query is `Q&expires=<10 digits>&sig=<64 hex digits>`. `sig` is the HMAC-SHA-256, under the secret SIGN_KEY, of host,
 * path and query as a URL parser writes them: of what a server sees, however the client spelled it.
 * Source: save-contract "Who may save", `signed`.
 */
const SIGNED = /^(.*)&expires=(\d{10})&sig=([\da-f]{64})$/;

interface Signature {
  /** Seconds since 1970, in ten digits. */
  readonly expires: string;
  /** 64 hex digits in lower case. */
  readonly sig: string;
}

/** The modifiers of a query, its lock and its obfuscation included, and the signature behind them, if there is one. */
export function splitSignature(query: string): {
  readonly modifiers: string;
  readonly signature: Signature | undefined;
} {
  const [, modifiers, expires, sig] = SIGNED.exec(query) ?? [];
  return modifiers === undefined || expires === undefined || sig === undefined
    ? { modifiers: query, signature: undefined }
    : { modifiers, signature: { expires, sig } };
}

/**
 * Whether modifiers have a part of a signature in them, in any spelling. Where there were two, each reader of the URL
 * could mean another one.
 *
 * @param modifiers without the signature behind them, out of their obfuscation
 */
export function holdsSignature(modifiers: string): boolean {
  return splitModifiers(modifiers).some(({ name }) => {
    const command = commandNamed(name);
    return command === "expires" || command === "sig";
  });
}

/** Names what is signed: another text must never mean the same, should there be another version. */
const VERSION = "v1";

/** The signature that belongs to a URL, as 64 hex digits. */
export async function signatureOf(
  { host, pathname }: Pick<URL, "host" | "pathname">,
  modifiers: string,
  expires: string,
  signKey: string,
): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(signKey), algorithm, false, ["sign"]);
  const signed = `${VERSION}\n${host}\n${pathname}\n${modifiers}&expires=${expires}`;
  return hex(await crypto.subtle.sign("HMAC", key, encoder.encode(signed)));
}

/**
 * A URL with its signature.
 *
 * @param expires seconds since 1970, ten digits
 */
export async function signedUrl(url: URL, expires: number, signKey: string): Promise<URL> {
  const modifiers = url.search.slice(1);
  const sig = await signatureOf(url, modifiers, `${expires}`, signKey);
  const signed = new URL(url);
  signed.search = `${modifiers}&expires=${expires}&sig=${sig}`;
  return signed;
}
