import { decodeValue, encodeValue } from "../../src/protocol/percent.ts";
import { type Command, isSpelling, type Language } from "../language.ts";
import { type Part, partsOf, withInserted, without } from "./parts.ts";

/** A stretch of a query whose layer commands belong to one target. */
export interface Section {
  /** What opens it, as it stands in the query; "" at the beginning. */
  readonly title: string;
  readonly parts: readonly Part[];
  /** Where one more command of it would go. */
  readonly end: number;
}

/** The sections of a query in their order; the first is what stands before anything that opens one. Source: protocol.md 1.7. */
export function sectionsOf(query: string, language: Language): readonly [Section, ...Section[]] {
  const openers = language.commands.filter(({ scope }) => scope === "segment");
  const first: { title: string; parts: Part[]; end: number } = { title: "", parts: [], end: 0 };
  const sections: [typeof first, ...(typeof first)[]] = [first];
  let current = first;
  for (const part of partsOf(query)) {
    if (openers.some((command) => isSpelling(command, part.name))) {
      current = { title: query.slice(part.start, part.end), parts: [], end: part.end };
      sections.push(current);
    }
    current.parts.push(part);
    current.end = part.end;
  }
  return sections;
}

/** The value of a command, decoded: the one that counts. Undefined where the query does not say it, or another of its slot after it. */
export function valueIn(query: string, command: Command, language: Language, section = 0): string | undefined {
  const last = slotParts(query, command, language, section).at(-1);
  if (last === undefined || !isSpelling(command, last.name)) return undefined;
  const { value = "" } = last;
  return isRaw(command) ? value : decodeValue(value);
}

/**
 * The query with another value of a command, undefined for none. What else stands in its slot goes; all other text stays as it is.
 * A command that is new goes to the end of its section; one of the whole request, before the first layer.
 */
export function withValue(
  query: string,
  command: Command,
  value: string | undefined,
  language: Language,
  section = 0,
): string {
  const last = slotParts(query, command, language, section).at(-1);
  const written = value === undefined ? "" : isRaw(command) ? value : encodeValue(value);
  if (value !== undefined && last !== undefined && isSpelling(command, last.name)) {
    const text = last.value === undefined ? `=${written}` : written;
    return query.slice(0, last.valueAt) + text + query.slice(last.end);
  }
  let rest = query;
  // One after the other: the places of those that are left change with each that goes.
  for (;;) {
    const next = slotParts(rest, command, language, section).at(-1);
    if (next === undefined) break;
    rest = without(rest, next);
  }
  if (value === undefined) return rest;
  const sections = sectionsOf(rest, language);
  const isNewSection = command.scope === "segment";
  const place = isNewSection ? sections.at(-1) : command.scope === "layer" ? sections[section] : sections[0];
  return withInserted(rest, (place ?? sections[0]).end, `${command.name}=${written}`);
}

/** What is said in the slot of a command, where it would count. */
function slotParts(query: string, command: Command, language: Language, section: number): readonly Part[] {
  const rivals = language.commands.filter(({ slot }) => slot === command.slot);
  const sections = sectionsOf(query, language);
  const isOfSection = command.scope === "layer" || command.scope === "segment";
  const parts = isOfSection ? (sections[section]?.parts ?? []) : sections.flatMap(({ parts }) => parts);
  return parts.filter(({ name }) => rivals.some((rival) => isSpelling(rival, name)));
}

/** Its value may hold a request of its own, which is not to be decoded as one text. */
function isRaw({ shape }: Command): boolean {
  return shape.kind === "source";
}
