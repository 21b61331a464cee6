import { Fault } from "../faults.ts";
import type { PlanSettings } from "../plan/plan.ts";
import type { GrammarValue } from "../protocol/grammar/grammar.ts";
import { isWrong, shown } from "../protocol/problem.ts";
import { ATTRIBUTE_SETTINGS } from "./attributes.ts";
import { PEOPLE_SETTINGS } from "./people.ts";
import { PICTURE_SETTINGS } from "./pictures.ts";
import type { SettingRow } from "./row.ts";
import { SAVING_SETTINGS } from "./saving.ts";

/** What planning depends on says whether it is traced: there is everything decided, so nobody forgets to ask. */
type Judged = Readonly<Record<keyof PlanSettings, SettingRow & { readonly traced: boolean }>>;

/**
 * Every setting of the Worker, by its name in `[vars]`. The names are those of the protocol's attributes and server
 * settings where it has them. Read by `readSettings` and by docs/settings.md.
 */
export const SETTINGS = {
  ...ATTRIBUTE_SETTINGS,
  ...PICTURE_SETTINGS,
  ...SAVING_SETTINGS,
  ...PEOPLE_SETTINGS,
} as const satisfies Readonly<Record<string, SettingRow>> & Judged;

export type SettingName = keyof typeof SETTINGS;
export type Settings = { readonly [N in SettingName]: GrammarValue<(typeof SETTINGS)[N]["grammar"]> };

/**
 * Reads every setting from the Worker's variables; absent ones have their default.
 *
 * @throws Fault `settings` naming the first that cannot be understood
 */
export function readSettings(vars: Readonly<Record<string, unknown>>): Settings {
  const entries = (Object.keys(SETTINGS) as SettingName[]).map((name) => {
    const row: SettingRow = SETTINGS[name];
    const given = vars[name];
    const text = given === undefined ? row.default : settingText(given);
    const value = row.grammar.read(text);
    if (isWrong(value)) {
      throw new Fault("settings", `${name}: wants ${value.wanted}, got ${shown(value.got)}`);
    }
    return [name, value] as const;
  });
  const settings = Object.fromEntries(entries) as Settings;
  if (settings.SaveTimeout > settings.MaxSaveTimeout) {
    throw new Fault("settings", `SaveTimeout: wants at most MaxSaveTimeout, got ${settings.SaveTimeout}`);
  }
  return settings;
}

/** `[vars]` may hold numbers, booleans, lists and tables as well as text. */
function settingText(given: unknown): string {
  if (Array.isArray(given)) return given.join(",");
  return typeof given === "object" ? JSON.stringify(given) : String(given);
}
