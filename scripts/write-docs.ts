/**
 * `npm run docs`: writes what is made from tables: docs/commands.md, docs/settings.md, the tables of the README of states and
 * of peers (the latter of docs/bench.md), and those of docs/catalogs.md.
 * With `--check` it writes nothing and fails where one of them is not what the tables say.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { AttributeRow } from "../src/catalog/attributes/row.ts";
import { ATTRIBUTES } from "../src/catalog/attributes.ts";
import { RECORD_FIELDS } from "../src/catalog/records/fields.ts";
import { COMMAND_GROUPS } from "../src/protocol/commands/groups.ts";
import { type CommandRow, isLayer, STATES } from "../src/protocol/commands/row.ts";
import { FORMATS } from "../src/protocol/formats.ts";
import { REQ_TYPES } from "../src/protocol/req-types.ts";
import { ATTRIBUTE_SETTINGS } from "../src/settings/attributes.ts";
import type { SettingRow } from "../src/settings/row.ts";
import { SETTINGS } from "../src/settings/settings.ts";
import { ROOT } from "./local/bundle.ts";
import { fail } from "./local/console.ts";
import { between } from "./local/marked.ts";
import { peersIn } from "./local/peers.ts";

const GENERATED = "<!-- Written by scripts/write-docs.ts: change the table there named, then `npm run docs`. -->";

/** A table in Markdown; bars inside cells are escaped. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const code = (text: string) => (text === "" ? "" : `\`${text}\``);

/** Where a layer's command goes while `layer=comp` is current. */
const COMP = { layer0: "layer 0", composite: "composite", view: "final view", ignored: "nowhere" } as const;

function commandRow([name, row]: [string, CommandRow]): readonly string[] {
  const spellings = [name, ...(row.aliases ?? [])].map(code).join(", ");
  const layer = isLayer(row) ? [COMP[row.comp], row.kinds.join(" ")] : ["", ""];
  const rest = [row.state, row.slot === undefined ? "" : row.slot, row.grammar.wants, row.default, row.about];
  return [spellings, ...layer, ...rest, code(row.example), row.section];
}

function commands(): string {
  const head = [
    "command",
    "at comp",
    "layers",
    "state",
    "slot",
    "value",
    "default",
    "what it does",
    "example",
    "section",
  ];
  const groups = COMMAND_GROUPS.map(
    ({ title, rows }) => `## ${title}\n\n${table(head, Object.entries(rows).map(commandRow))}\n`,
  );
  return `${GENERATED}
# Commands

What the tables in \`src/protocol/commands/\` declare; \`GET /commands.json\` gives the same as data. Names are read in any
case. Of several instances of a command, and of the commands of one slot, the last one counts. *At comp* is where a
command of a layer goes while \`layer=comp\` is current, as it is at the beginning. Sections are those of the protocol's
digest.

${STATES_TEXT}

${groups.join("\n")}
## Formats

What \`src/protocol/formats.ts\` declares: the values of \`fmt=\`. A planned one is refused by its name.

${table(
  ["fmt=", "content type", "keeps transparency", "state"],
  FORMATS.map((row) => [code(row.keyword), row.mime, row.alpha ? "yes" : "no", row.state]),
)}

## Request types

What \`src/protocol/req-types.ts\` declares: the values of \`req=\`. A planned one is refused by its name.

${table(
  ["req=", "gives", "formats", "state"],
  REQ_TYPES.map((row) => [code(row.type), row.about, row.formats.join(" "), row.state]),
)}
`;
}

const STATES_PART = { mark: "states", writer: "scripts/write-docs.ts" };
const STATES_TEXT = table(["state", "means"], Object.entries(STATES));

/** The README's table: every command in the row of its state. */
function stateTable(): string {
  const all = COMMAND_GROUPS.flatMap(({ rows }) => Object.entries(rows));
  const rows = Object.entries(STATES).map(([state, means]) => {
    const names = all.filter(([, row]) => row.state === state).map(([name]) => code(name));
    return [state, means, names.join(" ")];
  });
  return table(
    ["state", "means", "commands"],
    rows.filter(([, , names]) => names !== ""),
  );
}

const PEERS_PART = { mark: "peers", writer: "scripts/write-docs.ts" };

/** What the bench has measured last, beside others. */
function peersTable(): string {
  const { head, rows } = peersIn(readIfThere("docs/bench.md"));
  return table(head, rows);
}

function readme(text: string): string {
  return between(between(text, STATES_PART, stateTable()), PEERS_PART, peersTable());
}

function settings(): string {
  return `${GENERATED}
# Settings

What the tables in \`src/settings/\` declare: the \`[vars]\` of wrangler.toml. An absent one has its default; one that cannot be
understood is answered, at every request, with an error that names it. The secrets \`SAVE_TOKEN\` and \`SIGN_KEY\` are not
among them: they are set with \`npx wrangler secret put SAVE_TOKEN\`, locally in \`.dev.vars\`.

A setting that is an *attribute* may also stand in the attribute file of a catalog, by the same name (docs/catalogs.md): what the catalog of a
request says goes before what the default catalog says, and that before the setting.

What is saved may depend on a setting that is *traced*: where it is not at its default, the metadata of the object names it.

${table(
  ["setting", "default", "value", "attribute", "traced", "what it does"],
  Object.entries<SettingRow>(SETTINGS).map(([name, row]) => [
    code(name),
    code(row.default),
    row.grammar.wants,
    Object.hasOwn(ATTRIBUTE_SETTINGS, name) ? "yes" : "",
    row.traced === true ? "yes" : "",
    row.about,
  ]),
)}
`;
}

const ATTRIBUTES_PART = { mark: "attributes", writer: "scripts/write-docs.ts" };
const FIELDS_PART = { mark: "fields", writer: "scripts/write-docs.ts" };

/** What an attribute without a value means, as docs/catalogs.md has it. */
function emptyMeans({ empty, inherited }: AttributeRow): string {
  if (empty === "off") return "off";
  return inherited === false ? "none" : "inherited";
}

const AT_WORK = { done: "at work", kept: "kept" } as const;

function attributeTable(): string {
  const rows = Object.entries<AttributeRow>(ATTRIBUTES).map(([name, row]) => [
    code(name),
    row.grammar.wants,
    emptyMeans(row),
    AT_WORK[row.state],
    row.about,
  ]);
  return table(["attribute", "value", "empty means", "state", "what it is"], rows);
}

function fieldTable(): string {
  const key = [
    code("Id"),
    "text without commas",
    AT_WORK.done,
    "What the record is asked for by; may look like a path.",
  ];
  const rows = Object.entries(RECORD_FIELDS).map(([name, { grammar, state, about }]) => [
    code(name),
    grammar.wants,
    AT_WORK[state],
    about,
  ]);
  return table(["field", "value", "state", "what it is"], [key, ...rows]);
}

function catalogTables(text: string): string {
  return between(between(text, ATTRIBUTES_PART, attributeTable()), FIELDS_PART, fieldTable());
}

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const documents = {
  "docs/commands.md": commands(),
  "docs/settings.md": settings(),
  "docs/catalogs.md": catalogTables(readIfThere("docs/catalogs.md")),
  "README.md": readme(readIfThere("README.md")),
};
for (const [path, text] of Object.entries(documents)) {
  if (!values.check) writeFileSync(join(ROOT, path), text);
  else if (readIfThere(path) !== text) fail(`${path} is not what its table says: npm run docs`);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(join(ROOT, path), "utf8");
  } catch {
    return "";
  }
}
