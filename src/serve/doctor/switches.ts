import type { Finding, Patient } from "./check.ts";

/** What is for people, and is there for the world as well where it is switched on. */
const SWITCHES = ["Playground", "ServeSaved", "ManageSources"] as const;

/** What ships switched off, and is not. */
export function lookAtSwitches({ server: { settings }, isLocal }: Patient): Finding {
  const on = SWITCHES.filter((name) => settings[name]);
  if (on.length === 0) return { ok: true, says: `${SWITCHES.join(", ")} are off` };
  const says = `${on.join(", ")} ${on.length === 1 ? "is" : "are"} on`;
  if (isLocal) return { ok: true, says };
  return { ok: true, says, mend: "In production leave on what somebody needs there: false in [vars] of wrangler.toml" };
}
