import { partsOf, withInserted, without } from "./parts.ts";

/** `$name$`, which some write `$name$=`. */
const CALL = /^\$([^$]+)\$$/;

/** The name of the preset that a query calls, in lower case; "" for none. */
export function presetIn(query: string): string {
  const called = partsOf(query).flatMap(({ name }) => CALL.exec(name)?.[1] ?? []);
  return called[0]?.toLowerCase() ?? "";
}

/** The query with another preset, "" for none: at its beginning, so that all that is said beside it overrides it. */
export function withPreset(query: string, name: string): string {
  const call = partsOf(query).find((part) => CALL.test(part.name));
  const rest = call === undefined ? query : without(query, call);
  return name === "" ? rest : withInserted(rest, 0, `$${name}$`);
}
