import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { ROOT } from "./bundle.ts";

/** What stands in `.dev.vars`, where wrangler's local commands too look for secrets; nothing where there is none. */
export function devVars(folder = ROOT): Readonly<Record<string, string>> {
  let text: string;
  try {
    text = readFileSync(join(folder, ".dev.vars"), "utf8");
  } catch {
    return {};
  }
  // A variable without a value is an empty one.
  return Object.fromEntries(Object.entries(parseEnv(text)).map(([name, value = ""]) => [name, value]));
}
