import type { Command, Language } from "../../playground/language.ts";
import { commandsReply } from "../../src/serve/commands-json.ts";

/** What /commands.json answers. */
export const LANGUAGE: Language = await commandsReply().json();

export function commandNamed(name: string): Command {
  const found = LANGUAGE.commands.find((command) => command.name === name);
  if (found === undefined) throw new Error(`there is no command ${name}`);
  return found;
}
