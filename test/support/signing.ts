/** The secret of signed sites in tests. */
export const SIGN_KEY = "correct horse";

/**
 * The signature of a URL, written from the contract alone: host, path and query are to be given as a URL parser writes
 * them. Source: save-contract "Who may save", `signed`.
 */
export async function signatureByTheLetter(host: string, pathname: string, query: string, key = SIGN_KEY) {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const secret = await crypto.subtle.importKey("raw", bytes(key), hmac, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", secret, bytes(["v1", host, pathname, query].join("\n")));
  return [...new Uint8Array(mac)].map((byte) => (byte + 256).toString(16).slice(1)).join("");
}

/** Ten digits: so many seconds from now. */
export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

/** `<object>?<modifiers>` with its signature behind it, as `ask` wants it. */
export async function signed(path: string, expires = inSeconds(60), key = SIGN_KEY): Promise<string> {
  const { host, pathname, search } = new URL(`https://pictures.example/is/image/${path}`);
  const query = `${search.slice(1)}&expires=${expires}`;
  return `${path}&expires=${expires}&sig=${await signatureByTheLetter(host, pathname, query, key)}`;
}
