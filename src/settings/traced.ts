import { encodeValue } from "../protocol/percent.ts";
import { isWrong } from "../protocol/problem.ts";
import type { SettingRow } from "./row.ts";
import { SETTINGS, type SettingName, type Settings } from "./settings.ts";

/**
 * The settings on which what is saved may depend, where they are not at their defaults, as a form writes them:
 * `BkgColor=255,0,0&LinearLight=1`. Read as `[vars]`, they are the same settings; "" where all are at their defaults.
 *
 * Source: save-contract "The object".
 */
export function tracedSettings(settings: Settings): string {
  const names = Object.keys(SETTINGS) as SettingName[];
  return names.flatMap((name) => written(name, SETTINGS[name], settings[name])).join("&");
}

function written(name: SettingName, row: SettingRow, value: unknown): readonly string[] {
  if (row.traced !== true) return [];
  const usual = row.grammar.read(row.default);
  const text = row.grammar.write(value);
  return !isWrong(usual) && row.grammar.write(usual) === text ? [] : [`${name}=${encodeValue(text)}`];
}
