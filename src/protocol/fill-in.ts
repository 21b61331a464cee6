import { isClientOnly } from "./client-only.ts";
import { type CommandName, commandNamed } from "./commands/table.ts";
import { type Findings, standing } from "./findings.ts";
import type { Modifier } from "./modifiers.ts";
import { definedName, type Scope, substituted, withoutReferences } from "./variables.ts";

/** The modifiers of a text with their variables filled in, without the definitions. Source: protocol.md 1.6, A-19. */
export function filledIn(
  modifiers: readonly Modifier[],
  scope: Scope,
  allowance: { characters: number },
  findings: Findings,
): readonly Modifier[] {
  return modifiers.flatMap((modifier) => {
    if (definedName(modifier) !== undefined) return [];
    const { name, value } = modifier;
    const command = commandNamed(name);
    if (value === undefined || takesNoVariables(command)) return [modifier];
    const isForeign = (command === "src" || command === "mask") && /^[({]/.test(value);
    const filled = substituted(value, scope, isForeign, allowance);
    if (filled === undefined) {
      const wanted = "variables that are shorter in all";
      findings.problems.push({ command: name, wanted, got: "more", ...standing(modifier) });
      return [];
    }
    // What a variable has brought into a URL stays as it is, however often that is written and read.
    const text = isForeign ? withoutReferences(filled) : filled;
    return [text === value ? modifier : { ...modifier, value: text, derived: true as const }];
  });
}

function takesNoVariables(command: CommandName | undefined): boolean {
  // A template has been filled in before its body was known.
  if (command === "layer" || command === "effect" || command === "template") return true;
  // What only the client may say takes none: they may have come from a macro or a record.
  return command !== undefined && isClientOnly(command);
}
