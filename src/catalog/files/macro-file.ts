import { foreignSave } from "../../protocol/client-only.ts";
import { commandNamed } from "../../protocol/commands/table.ts";
import { defineMacros, type Macros } from "../../protocol/macros.ts";
import { splitModifiers } from "../../protocol/modifiers.ts";
import type { FileProblem } from "../file-problem.ts";
import type { CatalogFile } from "../read-catalogs.ts";
import type { Place } from "./attribute-lines.ts";
import { readTable } from "./table.ts";
import { toldProblems } from "./told-problems.ts";

/** A macro, as a file says it. */
interface Definition {
  readonly name: string;
  readonly body: string;
  /** Of the body. */
  readonly place: Place;
}

/** What a file of macro definitions says. What they call is looked up when it is known which others there are. */
export interface MacroFile {
  readonly path: string;
  /** In their order, without those that can never be defined. */
  readonly definitions: readonly Definition[];
  readonly problems: readonly FileProblem[];
  /** Of the file. */
  readonly bytes: number;
}

const NAME = /^[A-Za-z0-9\-_.]+$/;
/** Ten thousand commands, more than a request may have of macros, fit in. */
const LONGEST_BODY = 100_000;

/** Reads a file of macro definitions. Source: protocol.md 1.5, 6.4. */
export function readMacroFile(file: CatalogFile, mostTold?: number): MacroFile {
  const table = readTable(file, "Name", ["Definition"], mostTold);
  const problems = toldProblems(file.path, mostTold);
  const definitions: Definition[] = [];
  const names = new Set<string>();
  for (const row of table.rows) {
    const name = row.texts.get("name") ?? "";
    const body = row.texts.get("definition") ?? "";
    const nameAt = () => row.placeOf("Name");
    if (!NAME.test(name)) {
      const wanted = "a name of letters, digits, -, _ and .";
      problems.add({ about: "Name", wanted, got: name, weight: "entry" }, nameAt);
      continue;
    }
    const about = `macro ${name}`;
    const place = row.placeOf("Definition");
    if (body === "" || body.length > LONGEST_BODY) {
      const wanted = `commands, joined by &, of at most ${LONGEST_BODY} characters`;
      problems.add({ about, wanted, got: body, weight: "entry" }, () => place);
      continue;
    }
    if (names.has(name.toLowerCase())) {
      problems.add({ about, wanted: "a name of its own: the last of two counts", got: name, weight: "note" }, nameAt);
    }
    names.add(name.toLowerCase());
    definitions.push({ name, body, place });
    for (const { wanted, got, at } of savesIn(body)) {
      problems.add({ about, wanted, got, weight: "entry" }, () => within(place, body, at));
    }
  }
  return { path: file.path, definitions, problems: [...table.problems, ...problems.all()], bytes: file.bytes.length };
}

/** Commands that only a client may say: whoever calls such a macro is refused. */
function savesIn(body: string) {
  return splitModifiers(body, "macro").flatMap((modifier) => {
    const command = commandNamed(modifier.name);
    const problem = command === undefined ? undefined : foreignSave(command, modifier);
    return problem === undefined ? [] : [{ ...problem, got: modifier.name }];
  });
}

/** Macros of a file and of those below it. */
export interface FileMacros {
  readonly macros: Macros;
  readonly problems: readonly FileProblem[];
  /** Names and commands that are held for them. */
  readonly held: number;
}

/**
 * Defines the macros of a file on top of `base`, which they may call. One that calls what is not defined before it is left out.
 *
 * @param most names and commands that they may hold; where they take more, there is a problem of weight `file`
 * Source: protocol.md 1.5.
 */
export function macrosOfFile(
  { path, definitions }: MacroFile,
  base: Macros,
  most: number,
  mostTold?: number,
): FileMacros {
  const told = toldProblems(path, mostTold);
  if (base.size > most) {
    const wanted = `at most ${most} names and commands more in the macros of all catalogs`;
    told.add({ about: "macros", wanted, got: `${base.size}`, weight: "file" }, () => ({ line: 1, column: 1 }));
    return { macros: base, problems: told.all(), held: 0 };
  }
  const bodies = definitions.map(({ name, body }) => [name, body] as const);
  const { macros, problems, commands } = defineMacros(bodies, base, most - base.size);
  const held = base.size + commands;
  for (const { definition, wanted, got, at } of problems) {
    const { name = "", body = "", place = { line: 1, column: 1 } } = definitions[definition] ?? {};
    const weight = held > most && definition === problems.at(-1)?.definition ? "file" : "entry";
    told.add({ about: `macro ${name}`, wanted, got, weight }, () => within(place, body, at));
  }
  return { macros, problems: told.all(), held };
}

/** Where a character of a field stands. In one of several lines, or in quotation marks, where the field begins. */
function within({ line, column }: Place, body: string, at: number): Place {
  return { line, column: /[\r\n"]/.test(body) ? column : column + at };
}
