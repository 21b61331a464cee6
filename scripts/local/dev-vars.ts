import { devVarsIn } from "../../cli/dev-vars.ts";
import { ROOT } from "./bundle.ts";

/** What stands in `.dev.vars` of the project, where wrangler's local commands too look for secrets; nothing where there is none. */
export function devVars(folder = ROOT): Readonly<Record<string, string>> {
  return devVarsIn(folder);
}
