import { isLayer } from "../protocol/commands/row.ts";
import { COMMAND_NAMES, rowOf, slotOf } from "../protocol/commands/table.ts";
import { FORMATS } from "../protocol/formats.ts";
import { REQ_TYPES } from "../protocol/req-types.ts";
import { VERSION } from "../version.ts";

/** Where the command table can be had as data. */
export const COMMANDS_PATH = "/commands.json";

/** The command table, the formats and the request types, for whoever builds a form or checks a URL. */
export function commandsReply(): Response {
  const commands = COMMAND_NAMES.map((name) => {
    const row = rowOf(name);
    const { grammar, scope, state, about, example, section, aliases = [] } = row;
    const layer = isLayer(row) ? { comp: row.comp, kinds: row.kinds } : {};
    const value = { wants: grammar.wants, shape: grammar.shape, default: row.default };
    return { name, aliases, scope, ...layer, slot: slotOf(name), state, ...value, about, example, section };
  });
  return Response.json(
    { version: VERSION, commands, formats: FORMATS, requestTypes: REQ_TYPES },
    { headers: { "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*" } },
  );
}
