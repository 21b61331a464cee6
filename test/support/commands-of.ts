import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/local/bundle.ts";
import { type Block, blocksOf, examplesIn } from "./documents.ts";

/** Every page that people read, but for decisions: those are about what is, and tell nobody to run anything. */
export const DOCUMENTS: readonly string[] = [
  ...["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "wasm/README.md"],
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** A command of a document. */
export interface Told {
  readonly document: string;
  /** How its block is marked: `sh`, `sh account`, `console signed` … */
  readonly marked: string;
  /** One command, without its variables before and what it is piped into behind. */
  readonly words: readonly string[];
}

export function textOf(document: string): string {
  return readFileSync(join(ROOT, document), "utf8");
}

/** The commands of all blocks that are marked as such. */
export function commandsOf(document: string): readonly Told[] {
  return blocksOf(document).flatMap((block) =>
    linesOf(block)
      .flatMap((line) => line.split(/ && /))
      .map((line) => ({ document, marked: block.language, words: wordsOf(line) })),
  );
}

function linesOf(block: Block): readonly string[] {
  const { language, text } = block;
  if (language.startsWith("console")) return examplesIn([block], language).map(({ command }) => command);
  return /^sh\b/.test(language) ? text.split("\n").filter((line) => line.trim() !== "") : [];
}

/** What is in quotes is one word; variables before a command, comments and redirections are none of its words. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const from = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const own = words.slice(Math.max(0, from));
  const end = own.findIndex((word) => /^(?:[|<>]|#.*)$/.test(word));
  return end < 0 ? own : own.slice(0, end);
}

/** Programs by which commands begin. */
const PROGRAMS = /^\s*(?:\$ )?(?:npm|npx|node|curl|git|wrangler|fixative|aws|openssl|while|grep) /;

/** Commands in blocks that nobody looks into. */
export function strayCommandsOf(document: string): readonly string[] {
  return [...textOf(document).matchAll(/^ *```([^\n]*)\n(.*?)^ *```$/gms)]
    .filter(([, language = ""]) => !/^(?:sh|console)\b/.test(language))
    .flatMap(([, , text = ""]) => text.split("\n").filter((line) => PROGRAMS.test(line)));
}
