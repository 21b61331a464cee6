import { fullAllowance } from "./allowance.ts";
import type { CatalogView } from "./catalog-view.ts";
import { checkRequest } from "./checks.ts";
import { foreignSave } from "./client-only.ts";
import { type CommandName, rowOf } from "./commands/table.ts";
import { filledIn } from "./fill-in.ts";
import { addTo, type Findings, standing } from "./findings.ts";
import type { Source } from "./grammar/source.ts";
import { Groups } from "./groups.ts";
import { keptVariables } from "./kept-variables.ts";
import { putLayerRecordsInto } from "./layer-records.ts";
import type { UnknownMacro } from "./macros.ts";
import { asksForValidation, expanded, type GivenVariables, requestTexts, type Surroundings } from "./merge.ts";
import { type Modifier, splitModifiers } from "./modifiers.ts";
import { nestedText } from "./nesting.ts";
import { originsOf } from "./origins.ts";
import { encodeValue } from "./percent.ts";
import { isWrong, type Wrong } from "./problem.ts";
import { type ImageRequest, type Layer, NO_COMMAND, NO_MACRO } from "./request.ts";
import { placeCommands, type Segments } from "./segments.ts";
import { definitionsIn, type Variables } from "./variables.ts";
import { writeRequest } from "./write.ts";

/** What reading a request depends on besides its text. */
export interface ReadContext {
  readonly catalogs: CatalogView;
  readonly unknownMacro: UnknownMacro;
}

/**
 * Reads a request: splits the client's modifiers, expands macros, merges them with the texts of the records that it names,
 * substitutes variables, sorts the commands into their layers, and reads of each the last instance. Never throws: every text
 * has an answer.
 *
 * @param client the modifiers as the client wrote them
 * Source: protocol.md 1.8, 1.13 (5 to 7), A-16, A-19, A-65.
 */
export function readRequest(object: string | Wrong, client: string, context: ReadContext): ImageRequest {
  const named = isWrong(object) || context.catalogs.isCatalogAlone ? "" : object;
  const given = { forwarded: [], predefined: predefinedOf(named) };
  const allowance = fullAllowance();
  const findings: Findings = { problems: [], notes: [] };
  const text = expanded(splitModifiers(client), context.catalogs.macros, { ...context, allowance }, findings);
  const looksUp = !asksForValidation(text, given);
  return readOne(object, text, given, { ...context, looksUp, depth: 0, where: { at: 0 }, allowance }, findings);
}

/** `$object$`, as it stands in a path. Source: protocol.md 1.6. */
function predefinedOf(object: string): Variables {
  return new Map([["object", object.split("/").map(encodeValue).join("/")]]);
}

/**
 * One request, with those that are nested in it.
 *
 * @param written the modifiers of its client, their macros expanded
 * @param findings what was found until now, which becomes the request's
 */
function readOne(
  object: string | Wrong,
  written: readonly Modifier[],
  given: GivenVariables,
  around: Surroundings,
  findings: Findings,
): ImageRequest {
  const { problems, notes } = findings;
  const { allowance, depth } = around;
  const texts = requestTexts(written, given, around, findings);
  const { base, client, post } = texts;

  const [defaults, own, last] = [base, client, post].map(definitionsIn) as [Variables, Variables, Variables];
  const clients = [own, ...given.forwarded];
  const explicit = [last, ...clients, defaults];
  const scope = [...explicit, given.predefined];
  // A nested one has been filled in with the variables of outside, and is not looked through for them again, but for what
  // macros brought into it since.
  const clientScope = depth === 0 ? scope : [last, own, defaults];
  const complete = [
    filledIn(base, scope, allowance, findings),
    client.flatMap((one) => filledIn([one], one.from === "macro" ? scope : clientScope, allowance, findings)),
    filledIn(post, scope, allowance, findings),
  ];

  const segments = placeCommands(complete);
  addTo(problems, segments.problems);
  addTo(notes, segments.notes);
  for (const modifier of segments.unknown) notes.push({ name: modifier.name, says: NO_COMMAND, ...standing(modifier) });
  const groups = groupsOf(segments, depth, findings);
  const { predefined } = given;
  const { placed } = segments;
  putLayerRecordsInto(groups, { ...around, texts, placed, scope: explicit, predefined }, findings);

  const inside = { forwarded: explicit, predefined };
  const layers = groups
    .read(problems, segments.layers)
    .map((layer) => withNested(layer, groups, inside, around, findings));
  const commands = { ...groups.whole(problems), layers };
  const kept = keptVariables(post, clients, allowance);
  const isTooMuch = kept !== undefined && "wanted" in kept;
  if (isTooMuch) problems.push({ command: texts.ofPath?.name ?? "", ...kept, ...around.where });
  // A macro that was passed over may have been what is missing.
  if (notes.every(({ says }) => says !== NO_MACRO)) addTo(problems, checkRequest(commands, sayerIn(segments, groups)));
  const variables = kept === undefined || isTooMuch ? {} : { variables: kept };
  return { object, ...commands, ...variables, origins: originsOf(commands, groups), problems, notes };
}

/** The commands of all texts, sorted by what they belong to. */
function groupsOf(segments: Segments, depth: number, { problems, notes }: Findings): Groups {
  const groups = new Groups();
  for (const placed of segments.placed) {
    const { command, modifier } = placed;
    const refused = foreignSave(command, modifier);
    if (refused !== undefined) {
      problems.push(refused);
      // The client's own text says less then, never what it said before: whether it asks for a save must not hang on a record.
      if (modifier.from === "client") groups.drop(placed);
    } else if (depth > 0 && isOutermost(command)) {
      notes.push({ name: modifier.name, says: "nested requests do not take it", ...standing(modifier) });
    } else groups.put(placed);
  }
  for (const number of segments.layers.keys()) groups.open({ kind: "layer", layer: number });
  return groups;
}

/** Who says a command, as far as problems about several commands can tell. */
function sayerIn({ placed }: Segments, groups: Groups): (command: string) => Modifier | undefined {
  return (name) => [...groups.all(), ...placed].findLast(({ command }) => command === name)?.modifier;
}

function isOutermost(command: CommandName): boolean {
  const row = rowOf(command);
  return "outermost" in row && row.outermost === true;
}

/** A layer with the requests in its `src=is{…}` and `mask=is{…}`, whose problems and notes are those of the whole. */
function withNested(
  layer: Omit<Layer, "nested">,
  groups: Groups,
  given: GivenVariables,
  around: Surroundings,
  { problems, notes }: Findings,
): Layer {
  const nested: { src?: ImageRequest; mask?: ImageRequest } = {};
  const sources: { src?: Source; mask?: Source } = {};
  for (const name of ["src", "mask"] as const) {
    const source = layer.commands[name];
    const said = groups.placedIn({ kind: "layer", layer: layer.number }, name)?.modifier;
    if (source?.kind !== "is" || said === undefined) continue;
    const inner = nestedRequest(name, source.request, said, given, around);
    addTo(problems, inner.problems);
    addTo(notes, inner.notes);
    nested[name] = inner;
    // One text for one meaning, inside as outside.
    if (inner.problems.length === 0) sources[name] = { kind: "is", request: writeRequest(inner) };
  }
  return { ...layer, commands: { ...layer.commands, ...sources }, nested };
}

/** The request in `src=is{…}` or `mask=is{…}`: a request of its own, with its own catalog, record and template. */
function nestedRequest(
  command: "src" | "mask",
  text: string,
  said: Modifier,
  { forwarded, predefined }: GivenVariables,
  around: Surroundings,
): ImageRequest {
  const depth = around.depth + 1;
  const inner = nestedText(command, text, said, depth, around.allowance);
  if ("wanted" in inner) return { ...EMPTY, problems: [inner] };
  const { object, modifiers } = inner;
  const findings: Findings = { problems: [], notes: [] };
  const named = isWrong(object) ? "" : object;
  const catalogs = around.catalogs.nested(named);
  const client = expanded(modifiers, catalogs.macros, around, findings);
  // Without an object of its own it is about that of the URL.
  const isWithout = named === "" || catalogs.isCatalogAlone;
  const own = { forwarded, predefined: isWithout ? predefined : predefinedOf(named) };
  const request = readOne(object, client, own, { ...around, depth, catalogs, where: standing(said) }, findings);
  if (!isWrong(object)) return request;
  const { wanted, got } = object;
  return { ...request, problems: [...request.problems, { command, wanted, got, ...standing(said) }] };
}

const EMPTY: ImageRequest = {
  object: "",
  request: {},
  view: {},
  composite: { commands: {}, effects: [] },
  finalView: {},
  layers: [],
  origins: [],
  problems: [],
  notes: [],
};
