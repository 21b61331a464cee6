import { checkRequest } from "./checks.ts";
import { type CommandName, commandNamed, rowOf } from "./commands/table.ts";
import { Groups } from "./groups.ts";
import { expandMacros, type Macros, type UnknownMacro } from "./macros.ts";
import { mergeOrder, type RequestTexts } from "./merge.ts";
import { type Modifier, splitModifiers } from "./modifiers.ts";
import { readObjectPath } from "./path.ts";
import { decodeValue, encodeValue } from "./percent.ts";
import { isWrong, type Problem, type Wrong } from "./problem.ts";
import type { ImageRequest, Layer, Note } from "./request.ts";
import { placeCommands } from "./segments.ts";
import { collectVariables, definedName, Substitution, type Variables } from "./variables.ts";

/** What reading a request depends on besides its text. */
export interface ReadContext {
  readonly macros: Macros;
  readonly unknownMacro: UnknownMacro;
}

/** Requests nested deeper than this are refused; real ones reach three or four. */
const DEEPEST = 16;

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
  return readTexts(object, split, { ...context, inherited, depth: 0 });
}

interface Surroundings extends ReadContext {
  /** Variables of the request around this one. */
  readonly inherited: Variables;
  readonly depth: number;
}

function readTexts(
  object: string | Wrong,
  texts: readonly (readonly Modifier[])[],
  around: Surroundings,
): ImageRequest {
  const problems: Problem[] = [];
  const notes: Note[] = [];
  const expanded = texts.map((modifiers) => {
    const { unknown, ...result } = expandMacros(modifiers, around.macros, around.unknownMacro);
    problems.push(...result.problems);
    notes.push(...unknown.map(({ name, at }) => ({ name, says: NO_MACRO, at })));
    return result.modifiers;
  });

  const variables = collectVariables(expanded.flat(), around.inherited);
  const substitution = new Substitution(variables);
  const complete = expanded.map((modifiers) =>
    modifiers.flatMap((modifier) =>
      definedName(modifier) === undefined ? filledIn(modifier, substitution, problems) : [],
    ),
  );

  const segments = placeCommands(complete);
  problems.push(...segments.problems);
  const absent = segments.unknown.map(({ name, at }) => ({ name, says: "there is no such command", at }));
  notes.push(...segments.notes, ...absent);

  const groups = new Groups();
  for (const placed of segments.placed) {
    const { command, modifier } = placed;
    const refused = refusal(command, modifier);
    if (refused !== undefined) problems.push(refused);
    else if (around.depth > 0 && isOutermost(command)) {
      notes.push({ name: modifier.name, says: "nested requests do not take it", at: modifier.at });
    } else groups.put(placed);
  }
  for (const number of segments.layers.keys()) groups.open({ kind: "layer", layer: number });

  const layers = groups.read(problems, segments.layers).map((layer): Layer => {
    const nested: { src?: ImageRequest; mask?: ImageRequest } = {};
    for (const name of ["src", "mask"] as const) {
      const source = layer.commands[name];
      if (source?.kind !== "is") continue;
      const modifier = groups.modifierOf({ kind: "layer", layer: layer.number }, name);
      const inner = nestedRequest(name, source.request, modifier, variables, around);
      problems.push(...inner.problems);
      notes.push(...inner.notes);
      nested[name] = inner;
    }
    return { ...layer, nested };
  });
  const whole = { object, ...groups.whole(problems), layers, problems, notes };
  const positions = new Map(segments.placed.map(({ command, modifier }) => [command as string, modifier.at]));
  // A macro that was passed over may have been what is missing.
  if (notes.every(({ says }) => says !== NO_MACRO)) problems.push(...checkRequest(whole, positions));
  return whole;
}

const NO_MACRO = "there is no such macro";

/** A modifier with its variables filled in; those of `layer` and `effect` take none. */
function filledIn(modifier: Modifier, substitution: Substitution, problems: Problem[]): readonly Modifier[] {
  const { name, value, at } = modifier;
  const command = commandNamed(name);
  if (value === undefined || command === "layer" || command === "effect") return [modifier];
  const foreign = (command === "src" || command === "mask") && /^[({]/.test(value);
  const filled = substitution.apply(value, foreign);
  if (filled === undefined)
    problems.push({ command: name, wanted: "variables that are shorter in all", got: "more", at });
  return filled === undefined ? [] : [filled === value ? modifier : { ...modifier, value: filled, derived: true }];
}

/** What only the client itself may say: an innocent URL must never write. Source: save-contract "The request". */
function refusal(command: CommandName, { value = "", at, from }: Modifier): Problem | undefined {
  const row = rowOf(command);
  const saves = command === "req" && /^savetofile\b/i.test(decodeValue(value));
  const clientOnly = saves || ("clientOnly" in row && row.clientOnly === true);
  if (!clientOnly || from === "client") return undefined;
  return {
    command,
    wanted: "to stand in the client's own modifiers, outside of nested requests",
    got: PLACES[from],
    at,
  };
}

const PLACES: Readonly<Record<Modifier["from"], string>> = {
  client: "the client's modifiers",
  record: "the Modifier of a record",
  postModifier: "the PostModifier of a record",
  template: "a template",
  macro: "a macro",
  nested: "a nested request",
};

function isOutermost(command: CommandName): boolean {
  const row = rowOf(command);
  return "outermost" in row && row.outermost === true;
}

/** The request in `src=is{…}` or `mask=is{…}`; its problems stand where they stand in the client's text. */
function nestedRequest(
  command: CommandName,
  text: string,
  modifier: Modifier | undefined,
  variables: Variables,
  around: Surroundings,
): ImageRequest {
  const depth = around.depth + 1;
  const { at = 0, derived, from = "client" } = modifier ?? {};
  if (depth > DEEPEST) {
    const problem = { command, wanted: `at most ${DEEPEST} requests inside one another`, got: "more", at };
    return { ...EMPTY, problems: [problem] };
  }
  const question = text.indexOf("?");
  const path = question < 0 ? text : text.slice(0, question);
  const modifiers = question < 0 ? "" : text.slice(question + 1);
  const exact = derived === undefined && (from === "client" || from === "nested");
  const split = splitModifiers(modifiers, "nested", exact ? at + BEFORE_NESTED + question + 1 : at);
  const placed = exact ? split : split.map((inner): Modifier => ({ ...inner, at, derived: true }));
  const request = readTexts(readObjectPath(path), [placed], { ...around, inherited: variables, depth });
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
