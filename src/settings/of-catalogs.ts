import type { AttributeValues } from "../catalog/attributes.ts";
import { ATTRIBUTE_SETTINGS } from "./attributes.ts";
import type { Settings } from "./settings.ts";

/** The settings for requests of a catalog: its attributes over those that it does not have. */
export function settingsOf(attributes: AttributeValues, settings: Settings): Settings {
  const given = Object.entries(attributes).filter(
    ([name, value]) => value !== undefined && Object.hasOwn(ATTRIBUTE_SETTINGS, name),
  );
  return given.length === 0 ? settings : { ...settings, ...Object.fromEntries(given) };
}
