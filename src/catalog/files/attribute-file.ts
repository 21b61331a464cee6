import { isWrong, wrong } from "../../protocol/problem.ts";
import type { AttributeRow } from "../attributes/row.ts";
import { ATTRIBUTES, type AttributeName, type AttributeValues } from "../attributes.ts";
import type { FileProblem } from "../file-problem.ts";
import type { CatalogFile } from "../read-catalogs.ts";
import { type AttributeLine, attributeLines, type Place } from "./attribute-lines.ts";
import { QUOTED, quotedList, unquoted } from "./quoted-text.ts";
import { foreignEncoding, textOf } from "./text.ts";
import { type ToldProblems, toldProblems } from "./told-problems.ts";

/** The attribute file of the default catalog, which has no RootId. */
export const DEFAULT_FILE = "default.ini";

/** Whether a file says the attributes of a catalog: `*.ini`, directly in `catalogs/`. Source: protocol.md 6.1. */
export function isAttributeFile(path: string): boolean {
  return !path.includes("/") && /\.ini$/i.test(path);
}

/** A data file that an attribute file names. */
export interface NamedFile {
  readonly path: string;
  readonly attribute: "CatalogFile" | "MacroFile";
  readonly place: Place;
}

/** What an attribute file says. */
export interface AttributeFile {
  /** What is not in it, and what is empty and then inherited, is absent; so is what could not be read. */
  readonly values: AttributeValues;
  /** Those that are read, in the order in which they are named. */
  readonly named: readonly NamedFile[];
  readonly rootIdPlace: Place;
  readonly problems: readonly FileProblem[];
  /** Of the file. */
  readonly bytes: number;
}

/** No value that means something is longer; a file may be. */
const LONGEST_VALUE = 20_000;

const ROWS: ReadonlyMap<string, AttributeName> = new Map(
  (Object.keys(ATTRIBUTES) as AttributeName[]).map((name) => [name.toLowerCase(), name]),
);

/**
 * Reads an attribute file. Of an attribute that is there several times the last one counts. Whether the file can be used its
 * problems say.
 *
 * Source: protocol.md 6.1 to 6.3.
 */
export function readAttributeFile({ path, bytes }: CatalogFile, mostTold?: number): AttributeFile {
  const problems = toldProblems(path, mostTold);
  const encoding = foreignEncoding(bytes);
  if (encoding !== undefined) {
    const wanted = "ISO-8859-1, or UTF-8 with a byte order mark";
    problems.add({ about: "encoding", wanted, got: encoding, weight: "file" }, begin);
    return { values: {}, named: [], rootIdPlace: begin(), problems: problems.all(), bytes: bytes.length };
  }
  const lines = collectLines(textOf(bytes), problems);
  const given = [...lines].flatMap(([name, line]) => {
    const value = readValue(name, line, problems);
    return value === undefined ? [] : [[name, value] as const];
  });
  const values: AttributeValues = Object.fromEntries(given);
  checkRootId(path, values, lines.get("RootId"), problems);
  return {
    values,
    named: (["CatalogFile", "MacroFile"] as const).flatMap((name) => namedIn(name, values[name], lines.get(name))),
    rootIdPlace: lines.get("RootId")?.placeOf(0) ?? begin(),
    problems: problems.all(),
    bytes: bytes.length,
  };
}

/** Paths of the data files that an attribute file names, whether they are there or not. */
export function namesIn(file: CatalogFile): readonly string[] {
  return readAttributeFile(file).named.map(({ path }) => path);
}

function namedIn(
  attribute: NamedFile["attribute"],
  paths: string | readonly string[] = [],
  line: AttributeLine | undefined,
): readonly NamedFile[] {
  if (line === undefined || paths.length === 0) return [];
  const list = typeof paths === "string" ? [paths] : paths;
  const items = typeof paths === "string" ? [] : (quotedList(line.value) ?? []);
  return list.map((path, place) => ({ path, attribute, place: line.placeOf(items[place]?.at ?? 0) }));
}

const begin = (): Place => ({ line: 1, column: 1 });

/** The last line of each attribute. */
function collectLines(text: string, problems: ToldProblems): ReadonlyMap<AttributeName, AttributeLine> {
  const lines = new Map<AttributeName, AttributeLine>();
  for (const line of attributeLines(text)) {
    const place = () => line.placeOf(0);
    if (line.name === undefined) {
      const wanted = "name=value, or # before a comment";
      problems.add({ about: "line", wanted, got: line.value, weight: "file" }, place);
      continue;
    }
    const name = ROWS.get(line.name.toLowerCase());
    if (name === undefined) {
      problems.add({ about: line.name, wanted: "the name of an attribute", got: line.name, weight: "note" }, place);
      continue;
    }
    if (lines.has(name)) {
      const wanted = "each attribute once: the last one counts";
      problems.add({ about: name, wanted, got: line.value, weight: "note" }, place);
    }
    lines.set(name, line);
  }
  return lines;
}

/** The value of an attribute; undefined where it is inherited, and where it is not one. */
function readValue(name: AttributeName, line: AttributeLine, problems: ToldProblems): unknown {
  const row: AttributeRow = ATTRIBUTES[name];
  const plain = unquoted(line.value);
  const text = row.quotes === "items" && plain !== "" ? line.value : plain;
  if (text === "" && row.empty === "inherited") return undefined;
  if (line.value.length <= LONGEST_VALUE) noteSwallowed(name, line, problems);
  const value = line.value.length > LONGEST_VALUE ? TOO_LONG : text === undefined ? UNCLOSED : row.grammar.read(text);
  if (!isWrong(value)) return value;
  const { wanted, got, at } = value;
  // Behind a quotation mark, and where some stood doubled, characters of the text are not those of the file.
  const offset = text === line.value ? at : 0;
  const weight = row.malformed === "ignored" ? "note" : "file";
  problems.add({ about: name, wanted, got: got === "" ? line.value : got, weight }, () => line.placeOf(offset));
  return undefined;
}

/** Lines that a backslash at the end of the one before, as paths of Windows have it, makes part of its value. */
function noteSwallowed(name: AttributeName, line: AttributeLine, problems: ToldProblems): void {
  for (const { index, 1: swallowed = "" } of line.value.matchAll(/(?<=\n)[^\S\n]*([A-Za-z]+)[^\S\n]*=/g)) {
    if (!ROWS.has(swallowed.toLowerCase())) continue;
    const wanted = "no backslash at the end of the line before: with it this one is a part of the value";
    problems.add({ about: name, wanted, got: `${swallowed}=`, weight: "note" }, () => line.placeOf(index));
  }
}

const TOO_LONG = wrong(`at most ${LONGEST_VALUE} characters`, "more");
const UNCLOSED = wrong(QUOTED, "");

function checkRootId(
  path: string,
  { RootId }: AttributeValues,
  line: AttributeLine | undefined,
  problems: ToldProblems,
): void {
  const place = () => line?.placeOf(0) ?? begin();
  // One that is there and cannot be read has been told.
  const isMissing = line === undefined || unquoted(line.value) === "";
  if (path !== DEFAULT_FILE && isMissing) {
    const isMisspelled = path.toLowerCase() === DEFAULT_FILE;
    const hint = isMisspelled ? `; the file of the default catalog, which has none, is called ${DEFAULT_FILE}` : "";
    problems.add({ about: "RootId", wanted: `the id of the catalog in URLs${hint}`, got: "", weight: "file" }, place);
  }
  if (path === DEFAULT_FILE && RootId !== undefined) {
    const wanted = "none: it is the default catalog, which URLs do not name";
    problems.add({ about: "RootId", wanted, got: RootId, weight: "note" }, place);
  }
}
