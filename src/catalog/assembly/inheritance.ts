import type { AttributeRow } from "../attributes/row.ts";
import { ATTRIBUTES, type AttributeName, type AttributeValues } from "../attributes.ts";

/**
 * The attributes of a catalog: its own over those of the default catalog, but for the ones that are never inherited.
 *
 * That an empty value is inherited, or is one of its own that switches something off, was decided when it was read: then it is not in
 * `own`, or it is.
 * Source: protocol.md 6.1 "Inheritance".
 */
export function inherited(own: AttributeValues, defaults: AttributeValues): AttributeValues {
  return { ...passedOn(defaults), ...own };
}

/** What the default catalog hands down. */
export function passedOn(defaults: AttributeValues): AttributeValues {
  const names = Object.keys(defaults) as AttributeName[];
  return Object.fromEntries(names.filter(isInherited).map((name) => [name, defaults[name]]));
}

function isInherited(name: AttributeName): boolean {
  const row: AttributeRow = ATTRIBUTES[name];
  return row.inherited !== false;
}
