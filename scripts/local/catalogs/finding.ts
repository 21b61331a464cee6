import type { FileProblem } from "../../../src/catalog/file-problem.ts";
import { shown } from "../../../src/protocol/problem.ts";

/** Something that is to be said about a place in a catalog file. */
export interface Finding extends Pick<FileProblem, "file" | "line" | "column" | "weight"> {
  /** One line: what it is about, and what is wrong with it. */
  readonly says: string;
}

export function findingOf({ about, wanted, got, ...place }: FileProblem): Finding {
  return { ...place, says: `${about}: wants ${wanted}, got ${shown(got)}` };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/g;

/** `acme/images.txt:12:5: entry: Anchor: wants x,y, got "left"`, as editors and CI read it: one line, which no terminal obeys. */
export function describeFinding({ file, line, column, weight, says }: Finding): string {
  const text = `${file}:${line}:${column}: ${weight}: ${says}`;
  return text.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** By file, line and column, each once: several passes may come upon the same. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const each = new Map(findings.map((finding) => [describeFinding(finding), finding]));
  return [...each.values()].sort(
    (one, other) =>
      compare(one.file, other.file) ||
      one.line - other.line ||
      one.column - other.column ||
      compare(one.says, other.says),
  );
}

/** By code units: the same order on every machine. */
function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** `2 problems, 1 note`: notes are what nothing is lost by. */
export function summary(findings: readonly Finding[]): string {
  const notes = findings.filter(({ weight }) => weight === "note").length;
  return `${counted(findings.length - notes, "problem")}, ${counted(notes, "note")}`;
}

export function counted(count: number, what: string): string {
  return `${count === 0 ? "no" : count} ${what}${count === 1 ? "" : "s"}`;
}
