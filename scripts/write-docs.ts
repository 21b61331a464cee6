/**
 * `npm run docs`: writes the documents that are made from tables, docs/commands.md and docs/settings.md.
 * With `--check` it writes nothing and fails where one of them is not what the tables say.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { COMMANDS } from "../src/protocol/commands.ts";
import { FORMATS } from "../src/protocol/formats.ts";
import { REQ_TYPES } from "../src/protocol/req-types.ts";
import { SETTINGS } from "../src/settings.ts";
import { ROOT } from "./local/bundle.ts";
import { fail } from "./local/console.ts";

const GENERATED = "<!-- Written by scripts/write-docs.ts: change the table there named, then `npm run docs`. -->";

/** A table in Markdown; bars inside cells are escaped. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const code = (text: string) => (text === "" ? "" : `\`${text}\``);

function commands(): string {
  return `${GENERATED}
# Commands

What \`src/protocol/commands.ts\` declares. Names are read in any case; of several instances of a command the last one
counts; commands that are not listed are ignored. Sections are those of the protocol's digest.

${table(
  ["command", "scope", "value", "default", "what it does", "example", "section"],
  Object.entries(COMMANDS).map(([name, row]) => [
    code(name),
    row.scope,
    row.grammar.wants,
    row.default,
    row.about,
    code(row.example),
    row.section,
  ]),
)}

## Formats

What \`src/protocol/formats.ts\` declares: the values of \`fmt=\`. A planned one is refused by its name.

${table(
  ["fmt=", "content type", "keeps transparency", "state"],
  FORMATS.map((row) => [code(row.keyword), row.mime, row.alpha ? "yes" : "no", row.state]),
)}

## Request types

What \`src/protocol/req-types.ts\` declares: the values of \`req=\`. A planned one is refused by its name.

${table(
  ["req=", "gives", "state"],
  REQ_TYPES.map((row) => [code(row.type), row.about, row.state]),
)}
`;
}

function settings(): string {
  return `${GENERATED}
# Settings

What \`src/settings.ts\` declares: the \`[vars]\` of wrangler.toml. An absent one has its default; one that cannot be
understood is answered, at every request, with an error that names it. The secret \`SAVE_TOKEN\` is not among them: it
is set with \`npx wrangler secret put SAVE_TOKEN\`.

${table(
  ["setting", "default", "value", "what it does"],
  Object.entries(SETTINGS).map(([name, row]) => [code(name), code(row.default), row.grammar.wants, row.about]),
)}
`;
}

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const documents = { "docs/commands.md": commands(), "docs/settings.md": settings() };
for (const [path, text] of Object.entries(documents)) {
  const file = join(ROOT, path);
  if (!values.check) writeFileSync(file, text);
  else if (readIfThere(file) !== text) fail(`${path} is not what its table says: npm run docs`);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
