import { type CommandName, rowOf } from "./commands/table.ts";
import { standing } from "./findings.ts";
import type { Modifier } from "./modifiers.ts";
import { decodeValue } from "./percent.ts";
import type { Problem } from "./problem.ts";

/** Whether a command counts only where the client wrote it itself, and as it was written. */
export function isClientOnly(command: CommandName): boolean {
  const row = rowOf(command);
  return "clientOnly" in row && row.clientOnly === true;
}

/**
 * What is wrong with a command of a save that the client did not write itself: an innocent URL must never write.
 * Undefined where nothing is, and for every other command.
 *
 * Source: save-contract "The request".
 */
export function foreignSave(command: CommandName, modifier: Modifier): Problem | undefined {
  const { value = "", from, derived } = modifier;
  const saves = command === "req" && /^savetofile\b/i.test(decodeValue(value));
  if (!saves && !isClientOnly(command)) return undefined;
  if (from !== "client") {
    const wanted = "to stand in the client's own modifiers, outside of nested requests";
    return { command, wanted, got: whereElse(modifier), ...standing(modifier) };
  }
  // The request type takes variables, and those may be of a macro or a record.
  return derived
    ? { command, wanted: "saveToFile to be written out", got: "a variable", ...standing(modifier) }
    : undefined;
}

function whereElse({ from, in: text }: Modifier): string {
  if (text !== undefined) return text.says;
  return from === "macro" ? "a macro" : "a nested request";
}
