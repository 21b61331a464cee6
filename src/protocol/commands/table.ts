import type { GrammarValue } from "../grammar/grammar.ts";
import { LAYER_COMMANDS } from "./layer.ts";
import { PIXEL_COMMANDS } from "./pixel.ts";
import { REQUEST_COMMANDS } from "./request.ts";
import type { CommandRow } from "./row.ts";
import { SEGMENT_COMMANDS } from "./segment.ts";
import { SOURCE_COMMANDS } from "./source.ts";
import { TEXT_COMMANDS } from "./text.ts";
import { VIEW_COMMANDS } from "./view.ts";

/**
 * The command table: every command of the protocol, once. Parser, types, canonical form, documentation and
 * /commands.json are derived from it. Keys are written as the protocol writes them.
 */
export const COMMANDS = {
  ...REQUEST_COMMANDS,
  ...VIEW_COMMANDS,
  ...SEGMENT_COMMANDS,
  ...SOURCE_COMMANDS,
  ...LAYER_COMMANDS,
  ...PIXEL_COMMANDS,
  ...TEXT_COMMANDS,
} as const;

type Table = typeof COMMANDS;
export type CommandName = keyof Table;
type Value<N extends CommandName> = GrammarValue<Table[N]["grammar"]>;
type Values<N extends CommandName> = { readonly [K in N]?: Value<K> };
type NamesWhere<Shape> = { [N in CommandName]: Table[N] extends Shape ? N : never }[CommandName];

/** The values of a scope. A command that the request does not have is absent; of a slot at most one is there. */
export type RequestValues = Values<NamesWhere<{ scope: "request" }>>;
export type ViewValues = Values<NamesWhere<{ scope: "view" }>>;
export type LayerValues = Values<NamesWhere<{ scope: "layer" }>>;
export type CompositeValues = Values<NamesWhere<{ scope: "layer"; comp: "composite" }>>;
export type FinalViewValues = Values<NamesWhere<{ scope: "layer"; comp: "view" }>>;

export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[];

export function rowOf(name: CommandName): CommandRow {
  return COMMANDS[name];
}

/** Commands that replace one another have one slot; most are alone in theirs. */
export function slotOf(name: CommandName): string {
  return rowOf(name).slot ?? name;
}

/** Looked up in a map, never in the object: `constructor` is a legal name in a URL. */
const BY_LOWER_NAME: ReadonlyMap<string, CommandName> = new Map(
  COMMAND_NAMES.flatMap((name) =>
    [name, ...(rowOf(name).aliases ?? [])].map((spelling) => [spelling.toLowerCase(), name] as const),
  ),
);

/** Names are read in any case (protocol.md 1.2). */
export function commandNamed(name: string): CommandName | undefined {
  return BY_LOWER_NAME.get(name.toLowerCase());
}
