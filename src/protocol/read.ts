import type { CatalogView } from "./catalog-view.ts";
import { checkRequest } from "./checks.ts";
import { foreignSave, isClientOnly } from "./client-only.ts";
import { type CommandName, commandNamed, rowOf } from "./commands/table.ts";
import type { Source } from "./grammar/source.ts";
import { Groups } from "./groups.ts";
import { expandMacros, type UnknownMacro } from "./macros.ts";
import { mergeOrder, type RequestTexts } from "./merge.ts";
import { type Modifier, splitModifiers } from "./modifiers.ts";
import { readObjectPath } from "./path.ts";
import { encodeValue } from "./percent.ts";
import { isWrong, type Problem, type Wrong } from "./problem.ts";
import { type ImageRequest, type Layer, NO_MACRO, type Note } from "./request.ts";
import { placeCommands } from "./segments.ts";
import { collectVariables, definedName, Substitution, type Variables } from "./variables.ts";
import { writeRequest } from "./write.ts";

/** What reading a request depends on besides its text. */
export interface ReadContext {
  readonly catalogs: CatalogView;
  readonly unknownMacro: UnknownMacro;
}

/** Requests nested deeper than this are refused; real ones reach three or four. */
const DEEPEST = 16;
/** Macros may hold nested requests that call them again: without a bound they would multiply with every level. */
const MOST_NESTED = 256;

/**
 * Reads a request: splits its texts, expands macros, merges, substitutes variables, sorts the commands into their
 * layers, and reads of each the last instance. Never throws: every text has an answer.
 *
 * Source: protocol.md 1.13 (5 to 7), A-16, A-19, A-65.
 */
export function readRequest(object: string | Wrong, texts: RequestTexts | string, context: ReadContext): ImageRequest {
  const named = isWrong(object) ? "" : object;
  const inherited: Variables = new Map([["object", named.split("/").map(encodeValue).join("/")]]);
  const order = mergeOrder(typeof texts === "string" ? { client: texts } : texts);
  const split = order.map(({ text, from }) => splitModifiers(text, from));
  return readTexts(object, split, inherited, { ...context, depth: 0, nested: { count: 0 } });
}

interface Surroundings extends ReadContext {
  readonly depth: number;
  /** Nested requests that were read so far, in all. */
  readonly nested: { count: number };
}

/** @param given variables that are there without a definition; in a nested request they have been filled in already */
function readTexts(
  object: string | Wrong,
  texts: readonly (readonly Modifier[])[],
  given: Variables,
  around: Surroundings,
): ImageRequest {
  const problems: Problem[] = [];
  const notes: Note[] = [];
  const expanded = texts.map((modifiers) => {
    const { unknown, ...result } = expandMacros(modifiers, around.catalogs.macros, around.unknownMacro);
    addTo(problems, result.problems);
    for (const { name, at } of unknown) notes.push({ name, says: NO_MACRO, at });
    return result.modifiers;
  });

  const substitution = new Substitution(collectVariables(expanded.flat(), given));
  const complete = expanded.map((modifiers) =>
    modifiers.flatMap((modifier) =>
      definedName(modifier) === undefined ? filledIn(modifier, substitution, problems) : [],
    ),
  );

  const segments = placeCommands(complete);
  addTo(problems, segments.problems);
  addTo(notes, segments.notes);
  for (const { name, at } of segments.unknown) notes.push({ name, says: "there is no such command", at });

  const groups = new Groups();
  for (const placed of segments.placed) {
    const { command, modifier } = placed;
    const refused = foreignSave(command, modifier);
    if (refused !== undefined) problems.push(refused);
    else if (around.depth > 0 && isOutermost(command)) {
      notes.push({ name: modifier.name, says: "nested requests do not take it", at: modifier.at });
    } else groups.put(placed);
  }
  for (const number of segments.layers.keys()) groups.open({ kind: "layer", layer: number });

  const layers = groups.read(problems, segments.layers).map((layer): Layer => {
    const nested: { src?: ImageRequest; mask?: ImageRequest } = {};
    const sources: { src?: Source; mask?: Source } = {};
    for (const name of ["src", "mask"] as const) {
      const source = layer.commands[name];
      if (source?.kind !== "is") continue;
      const modifier = groups.modifierOf({ kind: "layer", layer: layer.number }, name);
      const inner = nestedRequest(name, source.request, modifier, around);
      addTo(problems, inner.problems);
      addTo(notes, inner.notes);
      nested[name] = inner;
      // One text for one meaning, inside as outside.
      if (inner.problems.length === 0) sources[name] = { kind: "is", request: writeRequest(inner) };
    }
    return { ...layer, commands: { ...layer.commands, ...sources }, nested };
  });
  const whole = { object, ...groups.whole(problems), layers, problems, notes };
  const positions = new Map(segments.placed.map(({ command, modifier }) => [command as string, modifier.at]));
  // A macro that was passed over may have been what is missing.
  if (notes.every(({ says }) => says !== NO_MACRO)) addTo(problems, checkRequest(whole, positions));
  return whole;
}

/** Not `push(...items)`: a hundred thousand arguments are too many for a call. */
function addTo<T>(list: T[], items: readonly T[]): void {
  for (const item of items) list.push(item);
}

/** A modifier with its variables filled in, where its command takes any. */
function filledIn(modifier: Modifier, substitution: Substitution, problems: Problem[]): readonly Modifier[] {
  const { name, value, at } = modifier;
  const command = commandNamed(name);
  if (value === undefined || takesNoVariables(command)) return [modifier];
  const foreign = (command === "src" || command === "mask") && /^[({]/.test(value);
  const filled = substitution.apply(value, foreign);
  if (filled === undefined)
    problems.push({ command: name, wanted: "variables that are shorter in all", got: "more", at });
  return filled === undefined ? [] : [filled === value ? modifier : { ...modifier, value: filled, derived: true }];
}

/** What only the client may say takes none: they may have come from a macro or a record. */
function takesNoVariables(command: CommandName | undefined): boolean {
  return command === "layer" || command === "effect" || (command !== undefined && isClientOnly(command));
}

function isOutermost(command: CommandName): boolean {
  const row = rowOf(command);
  return "outermost" in row && row.outermost === true;
}

/** The request in `src=is{…}` or `mask=is{…}`; its problems stand where they stand in the client's text. */
function nestedRequest(
  command: CommandName,
  text: string,
  modifier: Modifier | undefined,
  around: Surroundings,
): ImageRequest {
  const depth = around.depth + 1;
  const { at = 0, derived, from = "client" } = modifier ?? {};
  const limit =
    depth > DEEPEST
      ? `at most ${DEEPEST} requests inside one another`
      : ++around.nested.count > MOST_NESTED
        ? `at most ${MOST_NESTED} nested requests in all`
        : undefined;
  if (limit !== undefined) return { ...EMPTY, problems: [{ command, wanted: limit, got: "more", at }] };
  const question = text.indexOf("?");
  const path = question < 0 ? text : text.slice(0, question);
  const modifiers = question < 0 ? "" : text.slice(question + 1);
  const exact = derived === undefined && (from === "client" || from === "nested");
  const split = splitModifiers(modifiers, "nested", exact ? at + BEFORE_NESTED + question + 1 : at);
  const placed = exact ? split : split.map((inner): Modifier => ({ ...inner, at, derived: true }));
  const request = readTexts(readObjectPath(path), [placed], new Map(), { ...around, depth });
  return isWrong(request.object)
    ? { ...request, problems: [...request.problems, objectProblem(request.object, at)] }
    : request;
}

/** `is{` */
const BEFORE_NESTED = 3;

function objectProblem({ wanted, got }: Wrong, at: number): Problem {
  return { command: "src", wanted, got, at };
}

const EMPTY: ImageRequest = {
  object: "",
  request: {},
  view: {},
  composite: { commands: {}, effects: [] },
  finalView: {},
  layers: [],
  problems: [],
  notes: [],
};
