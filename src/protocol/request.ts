import { COMMANDS, type CommandName, type CommandValues, commandNamed } from "./commands.ts";
import { type Modifier, splitModifiers } from "./modifiers.ts";
import { decodePercent, decodeValue } from "./percent.ts";
import { isWrong, type Problem, type Wrong } from "./problem.ts";

/** A request as the client wrote it, every value read by its grammar. */
export interface ImageRequest {
  /** The object of the path, decoded; "" where the path names none. */
  readonly object: string | Wrong;
  readonly commands: CommandValues;
  /** What could not be understood. A request with problems is refused, but its `req` may still be known. */
  readonly problems: readonly Problem[];
  /** Names that the table does not have: ignored. */
  readonly unknown: readonly string[];
}

/**
 * Reads the modifiers of a request. Never throws: every text has an answer.
 *
 * The last instance of a command counts and is the only one that is read.
 * Source: protocol.md 1.3, 1.4, A-65.
 */
export function readRequest(object: string | Wrong, modifiers: string): ImageRequest {
  const last = new Map<CommandName, Modifier>();
  const unknown: string[] = [];
  for (const modifier of splitModifiers(modifiers)) {
    const command = modifier.value === undefined ? undefined : commandNamed(modifier.name);
    if (command === undefined) unknown.push(modifier.name);
    else last.set(command, modifier);
  }

  const commands: Partial<Record<CommandName, unknown>> = {};
  const problems: Problem[] = [];
  for (const [command, { value = "", at }] of last) {
    const decoded = decodeCommandValue(command, value);
    if (decoded === undefined) {
      problems.push({ command, wanted: "text in UTF-8", got: value, at });
      continue;
    }
    const result = COMMANDS[command].grammar.read(decoded);
    if (isWrong(result)) {
      // An offset into decoded text is one into the URL only where nothing was escaped.
      problems.push({ command, wanted: result.wanted, got: result.got, at: at + (decoded === value ? result.at : 0) });
    } else {
      commands[command] = result;
    }
  }
  return { object, commands: commands as CommandValues, problems, unknown };
}

/** `name=` becomes a key of the bucket: there a guess at the encoding would be a save under another name. */
function decodeCommandValue(command: CommandName, value: string): string | undefined {
  return command === "name" ? decodePercent(value.replaceAll("+", " "), true) : decodeValue(value);
}
