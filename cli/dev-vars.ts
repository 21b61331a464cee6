import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** What stands in `.dev.vars` of a folder, where local Workers have their secrets; nothing where there is none. */
export function devVarsIn(folder: string): Readonly<Record<string, string>> {
  let text: string;
  try {
    text = readFileSync(join(folder, ".dev.vars"), "utf8");
  } catch {
    return {};
  }
  // A variable without a value is an empty one.
  return Object.fromEntries(Object.entries(parseEnv(text)).map(([name, value = ""]) => [name, value]));
}
