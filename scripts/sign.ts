/**
 * `npm run -s sign -- <url> [--expires 1h]`: the URL of a save, signed with the secret SIGN_KEY, for `SaveAccess = signed`.
 * The secret is taken from the environment, or from `.dev.vars`.
 */
import { parseArgs } from "node:util";
import { readObject } from "../src/protocol/path.ts";
import { holdsSignature, signedUrl } from "../src/serve/save/signing.ts";
import { SETTINGS } from "../src/settings/settings.ts";
import { fail } from "./local/console.ts";
import { devVars } from "./local/dev-vars.ts";
import { secondsIn } from "./local/life.ts";

const USAGE = 'npm run -s sign -- "<url>" [--expires 90s|15m|1h|1d]';

const { url: address, expires: life } = argumentsGiven();
const url = urlIn(address);
const seconds = secondsIn(life) ?? fail(`--expires: wants 90s, 15m, 1h, 1d and the like, got ${JSON.stringify(life)}`);
const signKey = process.env.SIGN_KEY ?? devVars().SIGN_KEY ?? "";
if (signKey === "") fail("SIGN_KEY is wanted, in the environment or in .dev.vars: the secret that the Worker has, too");
const most = Number(SETTINGS.MaxSignedLife.default);
if (seconds > most) console.error(`Where MaxSignedLife is not above its default, ${most} s, this will be refused:`);

console.log((await signedUrl(url, Math.floor(Date.now() / 1000) + seconds, signKey)).href);

function argumentsGiven(): { readonly url: string; readonly expires: string } {
  try {
    const options = { expires: { type: "string", default: "1h" } } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    const [given, more] = positionals;
    if (given === undefined || more !== undefined) fail(`one URL is wanted: ${USAGE}`);
    return { url: given, expires: values.expires };
  } catch (thrown) {
    return fail(`${thrown instanceof Error ? thrown.message : thrown}\n${USAGE}`);
  }
}

/** The URL, if a server could be sent what it says: what is signed must be all that is meant. */
function urlIn(text: string): URL {
  const parsed = URL.parse(text);
  const refuse = (wanted: string) => fail(`the URL: wants ${wanted}, got ${JSON.stringify(text)}`);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return refuse("http://… or https://…");
  if (readObject(parsed.pathname) === undefined) return refuse("the path /is/image/<object>");
  if (parsed.search === "") return refuse("modifiers behind a ?");
  // Clients keep what is behind a # to themselves, and would save under half of the name.
  if (parsed.href.includes("#")) return refuse("no #: in a name it is %23");
  if (parsed.username + parsed.password !== "") return refuse("no user and no password");
  if (holdsSignature(parsed.search.slice(1))) return refuse("neither expires nor sig");
  return parsed;
}
