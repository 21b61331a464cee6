import type { Frame, ROLES, STATES } from "../src/protocol/commands/row.ts";
import type { Shape } from "../src/protocol/grammar/grammar.ts";

/** A command, as /commands.json describes it: all that the page knows about any. */
export interface Command {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly group: string;
  readonly scope: "request" | "view" | "segment" | "layer";
  /** Commands of one slot replace one another. */
  readonly slot: string;
  readonly state: keyof typeof STATES;
  readonly wants: string;
  readonly shape: Shape;
  readonly default: string;
  readonly about: string;
  readonly example: string;
  readonly role?: keyof typeof ROLES;
  readonly frame?: Frame;
}

interface Format {
  readonly keyword: string;
  readonly mime: string;
  readonly state: "done" | "planned";
}

interface RequestType {
  readonly type: string;
  readonly state: "done" | "planned";
}

/** The protocol as this server speaks it. */
export interface Language {
  readonly version: string;
  readonly states: Readonly<Record<Command["state"], string>>;
  readonly commands: readonly Command[];
  readonly formats: readonly Format[];
  readonly requestTypes: readonly RequestType[];
}

export async function loadLanguage(): Promise<Language> {
  const reply = await fetch("/commands.json");
  if (!reply.ok) throw new Error(`/commands.json was answered with ${reply.status}`);
  return (await reply.json()) as Language;
}

/** The command that has a role, whatever its name. */
export function commandFor(language: Language, role: keyof typeof ROLES): Command {
  const found = language.commands.find((command) => command.role === role);
  if (found === undefined) throw new Error(`no command has the role ${role}`);
  return found;
}

/** Names are read in any case. */
export function isSpelling({ name, aliases }: Command, written: string): boolean {
  const lower = written.toLowerCase();
  return name.toLowerCase() === lower || aliases.some((alias) => alias.toLowerCase() === lower);
}

/** Words of a value that are read and not carried out yet: formats, request types. */
export function plannedWords({ formats, requestTypes }: Language): ReadonlySet<string> {
  const rows = [
    ...formats.map(({ keyword, state }) => [keyword, state] as const),
    ...requestTypes.map(({ type, state }) => [type, state] as const),
  ];
  return new Set(rows.filter(([, state]) => state === "planned").map(([word]) => word));
}
