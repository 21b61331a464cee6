/**
 * `npm run -s sign -- <url> [--expires 1h]`: what `fixative sign` does, without a bundle. The secret SIGN_KEY is taken from the
 * environment, or from `.dev.vars`.
 */
import { parseArgs } from "node:util";
import { sign } from "../cli/sign.ts";
import { fail } from "./local/console.ts";
import { devVars } from "./local/dev-vars.ts";

const USAGE = 'npm run -s sign -- "<url>" [--expires 90s|15m|1h|1d]';

const { url, expires: life } = argumentsGiven();
const signKey = process.env.SIGN_KEY ?? devVars().SIGN_KEY ?? "";
const signed = await sign({ url, life, signKey, now: Date.now() });
if (signed.is === "wrong") fail(signed.says);
if (signed.warning !== undefined) console.error(signed.warning);
console.log(signed.url);

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
