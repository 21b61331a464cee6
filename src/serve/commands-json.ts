import { COMMAND_GROUPS } from "../protocol/commands/groups.ts";
import { type CommandRow, isLayer, STATES } from "../protocol/commands/row.ts";
import { type CommandName, slotOf } from "../protocol/commands/table.ts";
import { FORMATS } from "../protocol/formats.ts";
import { REQ_TYPES } from "../protocol/req-types.ts";
import { VERSION } from "../version.ts";

/** Where the command table can be had as data. */
export const COMMANDS_PATH = "/commands.json";

/** The command table, the formats and the request types, for whoever builds a form or checks a URL. */
export function commandsReply(): Response {
  const commands = COMMAND_GROUPS.flatMap(({ title, rows }) =>
    Object.entries(rows).map(([name, row]) => described(name as CommandName, row, title)),
  );
  return Response.json(
    { version: VERSION, states: STATES, commands, formats: FORMATS, requestTypes: REQ_TYPES },
    { headers: { "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*" } },
  );
}

function described(name: CommandName, row: CommandRow, group: string) {
  const { grammar, scope, state, about, example, section, aliases = [], role, frame } = row;
  const layer = isLayer(row) ? { comp: row.comp, kinds: row.kinds } : {};
  const value = { wants: grammar.wants, shape: grammar.shape, default: row.default };
  return {
    ...{ name, aliases, group, scope, ...layer, slot: slotOf(name), state, ...value, about, example, section },
    ...{ role, frame },
  };
}
