import { secondsIn } from "../scripts/local/life.ts";
import { readObject } from "../src/protocol/path.ts";
import { holdsSignature, signedUrl } from "../src/serve/save/signing.ts";
import { SETTINGS } from "../src/settings/settings.ts";

export interface Signing {
  readonly url: string;
  readonly life: string;
  readonly signKey: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type Signed =
  | { readonly is: "signed"; readonly url: string; readonly warning?: string }
  /** What is wrong, in a sentence. */
  | { readonly is: "wrong"; readonly says: string };

/** The URL of a save, signed for a while. Source: save-contract "Who may save", `signed`. */
export async function sign({ url: address, life, signKey, now }: Signing): Promise<Signed> {
  const url = signable(address);
  if (typeof url === "string") return { is: "wrong", says: `the URL: wants ${url}, got ${JSON.stringify(address)}` };
  const seconds = secondsIn(life);
  if (seconds === undefined) {
    return { is: "wrong", says: `--expires: wants 90s, 15m, 1h, 1d and the like, got ${JSON.stringify(life)}` };
  }
  if (signKey === "") {
    const says = "SIGN_KEY is wanted, in the environment or in .dev.vars: the secret that the Worker has, too";
    return { is: "wrong", says };
  }
  const most = Number(SETTINGS.MaxSignedLife.default);
  const { href } = await signedUrl(url, Math.floor(now / 1000) + seconds, signKey);
  const warning = `Where MaxSignedLife is not above its default, ${most} s, this will be refused:`;
  return { is: "signed", url: href, ...(seconds > most ? { warning } : {}) };
}

/** The URL, if a server could be sent what it says, since what is signed must be all that is meant; else what is wanted. */
function signable(text: string): URL | string {
  if (!URL.canParse(text)) return "http://… or https://…";
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol)) return "http://… or https://…";
  if (readObject(url.pathname) === undefined) return "the path /is/image/<object>";
  if (url.search === "") return "modifiers behind a ?";
  // Clients keep what is behind a # to themselves, and would save under half of the name.
  if (url.href.includes("#")) return "no #: in a name it is %23";
  if (url.username + url.password !== "") return "no user and no password";
  if (holdsSignature(url.search.slice(1))) return "neither expires nor sig";
  return url;
}
