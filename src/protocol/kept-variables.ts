import type { Allowance } from "./allowance.ts";
import { commandNamed } from "./commands/table.ts";
import type { Modifier } from "./modifiers.ts";
import type { Problem } from "./problem.ts";
import { referencesIn, type Scope, type Variables, valueIn, withoutReferences } from "./variables.ts";

const MAY_BE_NESTED = /^is[({]|\$/i;

/**
 * The client's variables that must stay beside a PostModifier, as they are written. It is read again with the canonical form,
 * and overrides what that says. Undefined where there are none; a problem where they are too long.
 *
 * @param client those of the client, and those that were forwarded to its request, strongest first
 * @param allowance how many characters may be kept, of which these are taken off
 */
export function keptVariables(
  post: readonly Modifier[],
  client: Scope,
  allowance: Pick<Allowance, "characters">,
): Variables | Pick<Problem, "wanted" | "got"> | undefined {
  const kept = new Map<string, string>();
  for (const name of wantedNames(post, client)) {
    const value = kept.has(name) ? undefined : valueIn(name, client);
    if (value === undefined) continue;
    const text = withoutReferences(value);
    allowance.characters -= `&$${name}=${text}`.length;
    if (allowance.characters < 0) return { wanted: "variables that are shorter in all", got: "more" };
    kept.set(name, text);
  }
  return kept.size === 0 ? undefined : kept;
}

/** To nested requests all variables are forwarded: whatever text takes part in them may refer to any. */
function* wantedNames(post: readonly Modifier[], client: Scope): Iterable<string> {
  if (post.some(mayBeNested)) for (const variables of client) yield* variables.keys();
  else for (const { value = "" } of post) yield* referencesIn(value);
}

function mayBeNested({ name, value = "" }: Modifier): boolean {
  const command = commandNamed(name);
  return (command === "src" || command === "mask") && MAY_BE_NESTED.test(value);
}
