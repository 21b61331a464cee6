import type { Allowance } from "./allowance.ts";
import type { CatalogView, RecordTexts } from "./catalog-view.ts";
import { COMMANDS, type CommandName, commandNamed } from "./commands/table.ts";
import { addTo, type Findings, standing } from "./findings.ts";
import { object as objectGrammar } from "./grammar/source.ts";
import { expandMacros, type Macros, type UnknownMacro } from "./macros.ts";
import type { Modifier } from "./modifiers.ts";
import { decodeValue } from "./percent.ts";
import { isWrong, type Problem } from "./problem.ts";
import { brokenField, modifiersOf } from "./records.ts";
import { NO_MACRO } from "./request.ts";
import { definitionsIn, LONGEST_SUBSTITUTION, type Scope, substituted, type Variables } from "./variables.ts";

/** What the texts of a request are read with. */
export interface Surroundings {
  readonly catalogs: CatalogView;
  readonly unknownMacro: UnknownMacro;
  /** Whether records count: `req=validate` looks nothing up. */
  readonly looksUp: boolean;
  /** How many requests this one is nested in. */
  readonly depth: number;
  /** Where its path stands: in the URL at the beginning, of a nested one where that is. */
  readonly where: Pick<Problem, "at" | "in">;
  readonly allowance: Allowance;
}

/** Variables that are there without a definition in the texts of a request. */
export interface GivenVariables {
  /** Those of the requests in which it is nested; its own text has been filled in with them already. */
  readonly forwarded: Scope;
  /** `$object$`, weaker than every definition. */
  readonly predefined: Variables;
}

/** The texts that make up one request, their macros expanded, from the weakest to the strongest. */
export interface RequestTexts {
  /** The Modifier of the template, or else of the path's record. */
  readonly base: readonly Modifier[];
  readonly client: readonly Modifier[];
  /** The PostModifier of the path's record. */
  readonly post: readonly Modifier[];
  /** The path's record. */
  readonly ofPath: RecordTexts | undefined;
  /** With a template the path's object is not the picture of layer 0. */
  readonly hasTemplate: boolean;
  /** The record of the template, where there is one. */
  readonly template: RecordTexts | undefined;
}

/**
 * The texts in the order in which they override one another, the last one winning: the Modifier of the path's record (or,
 * with a template, the template's in its place), the client's, the PostModifier of the path's record.
 *
 * @param written the client's, its macros expanded; it alone may name the template
 * Source: protocol.md 1.8, A-24.
 */
export function requestTexts(
  written: readonly Modifier[],
  given: GivenVariables,
  around: Surroundings,
  findings: Findings,
): RequestTexts {
  const { catalogs, depth, looksUp } = around;
  const ofPath = looksUp ? whole(catalogs.ofPath, "object", around.where, findings) : undefined;
  const textOf = (record: RecordTexts | undefined, which: "modifier" | "postModifier") =>
    record === undefined ? [] : withoutTemplate(recordText(record, which, around, findings), findings);

  const post = textOf(ofPath, "postModifier");
  const scope = ({ from }: Modifier) => {
    const own = [post, written].map(definitionsIn);
    return depth === 0 || from === "macro" ? [...own, ...given.forwarded, given.predefined] : own;
  };
  const client = templateFilledIn(written, scope, around.allowance);
  const named = client.find((modifier) => isCommand(modifier, "template"));
  const hasTemplate = named !== undefined;
  const template = hasTemplate && looksUp ? templateOf(named, catalogs, findings) : undefined;
  return { base: textOf(hasTemplate ? template : ofPath, "modifier"), client, post, ofPath, hasTemplate, template };
}

/** A record's text with its macros expanded. */
export function recordText(
  record: RecordTexts,
  which: "modifier" | "postModifier",
  around: Surroundings,
  findings: Findings,
): readonly Modifier[] {
  const split = modifiersOf(record, which, around.allowance);
  if ("wanted" in split) {
    findings.problems.push({ command: record.name, ...split, ...around.where });
    return [];
  }
  return expanded(split, record.macros, around, findings);
}

export function expanded(
  modifiers: readonly Modifier[],
  macros: Macros,
  { unknownMacro, allowance }: Pick<Surroundings, "unknownMacro" | "allowance">,
  { problems, notes }: Findings,
): readonly Modifier[] {
  const result = expandMacros(modifiers, macros, unknownMacro, allowance);
  addTo(problems, result.problems);
  for (const call of result.unknown) notes.push({ name: call.name, says: NO_MACRO, ...standing(call) });
  return result.modifiers;
}

function isCommand({ name, value }: Modifier, command: CommandName): boolean {
  return value !== undefined && commandNamed(name) === command;
}

/** Whether the client asks for `req=validate`, by its own text alone. */
export function asksForValidation(client: readonly Modifier[], { predefined }: GivenVariables): boolean {
  const said = client.findLast((modifier) => isCommand(modifier, "req"));
  if (said?.value === undefined) return false;
  // Only looked at here: what variables bring is taken off the allowance when the request is read.
  const allowance = { characters: LONGEST_SUBSTITUTION };
  const value = substituted(said.value, [definitionsIn(client), predefined], false, allowance) ?? "";
  const req = COMMANDS.req.grammar.read(decodeValue(value));
  return !isWrong(req) && req.type === "validate";
}

/** Of several templates the last one, with its variables filled in for good: its body may define them otherwise. */
function templateFilledIn(
  client: readonly Modifier[],
  scope: (of: Modifier) => Scope,
  allowance: Allowance,
): readonly Modifier[] {
  const last = client.findLastIndex((modifier) => isCommand(modifier, "template"));
  if (last < 0) return client;
  return client.flatMap((modifier, at) => {
    if (!isCommand(modifier, "template")) return [modifier];
    const { value = "" } = modifier;
    const filled = at === last ? (substituted(value, scope(modifier), false, allowance) ?? value) : undefined;
    if (filled === undefined) return [];
    return [filled === value ? modifier : { ...modifier, value: filled, derived: true as const }];
  });
}

/** The record of a template; a value that is no object at all becomes a problem when it is read like every other. */
function templateOf(modifier: Modifier, catalogs: CatalogView, findings: Findings): RecordTexts | undefined {
  const object = objectGrammar.read(decodeValue(modifier.value ?? ""));
  if (isWrong(object)) return undefined;
  const record = catalogs.named(object);
  if (record?.modifier !== undefined || record?.broken !== undefined) {
    return whole(record, "template", standing(modifier), findings);
  }
  const wanted = `a record ${record === undefined ? "that exists" : "with a Modifier, the body of the template"}`;
  findings.problems.push({ command: "template", wanted, got: object, ...standing(modifier) });
  return undefined;
}

/** A record, unless it has a field that cannot be read. */
function whole(
  record: RecordTexts | undefined,
  command: string,
  where: Pick<Problem, "at" | "in">,
  findings: Findings,
): RecordTexts | undefined {
  const broken = record && brokenField(record);
  if (broken === undefined) return record;
  findings.problems.push({ command, ...broken, ...where });
  return undefined;
}

function withoutTemplate(modifiers: readonly Modifier[], { problems }: Findings): readonly Modifier[] {
  return modifiers.filter((modifier) => {
    const refused = foreignTemplate(modifier);
    if (refused !== undefined) problems.push(refused);
    return refused === undefined;
  });
}

/** What is wrong with `template=` in a record; a request that is nested in it may have one. */
export function foreignTemplate(modifier: Modifier): Problem | undefined {
  if (!isCommand(modifier, "template")) return undefined;
  const wanted = "to stand in the client's own modifiers, or in those of a nested request";
  return { command: "template", wanted, got: modifier.value ?? "", ...standing(modifier) };
}
