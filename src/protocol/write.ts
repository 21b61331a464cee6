import { COMMAND_NAMES, COMMANDS, type CommandName } from "./commands/table.ts";
import type { Grammar } from "./grammar/grammar.ts";
import { layer as layerGrammar } from "./grammar/layer.ts";
import { encodeValue } from "./percent.ts";
import { isWrong } from "./problem.ts";
import { type ImageRequest, NO_MACRO } from "./request.ts";
import type { Target } from "./segments.ts";

/** The commands of one target, as the canonical form writes them behind what opens their segment. */
export interface CanonicalSegment {
  readonly target: Target;
  readonly opening: readonly string[];
  readonly commands: Readonly<Partial<Record<CommandName, unknown>>>;
}

/**
 * The canonical form of a request: one text for one meaning, in the order of the command table, layer by layer. Read
 * again, where the catalogs say the same, it is the same request. Records, macros and variables have been filled in. What was
 * passed over is not in it, but for the calls of macros that do not exist: without them rules would be checked that were not.
 */
export function writeRequest(request: ImageRequest): string {
  const segments = canonicalSegments(request);
  const parts = [
    ...segments.flatMap(({ opening, commands }) => [...opening, ...namesIn(commands).map(commandOf(commands))]),
    ...unknownMacros(request),
    ...[...(request.variables ?? [])].map(([name, value]) => `$${name}=${value}`),
  ];
  const object = isWrong(request.object) ? request.object.got : request.object;
  const path = object.split("/").map(encodeValue).join("/");
  return parts.length === 0 ? path : `${path}?${parts.join("&")}`;
}

/** The segments of a request in the order of its canonical form. */
export function canonicalSegments(
  request: Pick<ImageRequest, "request" | "view" | "composite" | "finalView" | "layers">,
): readonly CanonicalSegment[] {
  const { composite, finalView, layers } = request;
  return [
    { target: { kind: "request" }, opening: [], commands: request.request },
    { target: { kind: "request" }, opening: [], commands: request.view },
    { target: { kind: "composite" }, opening: [], commands: composite.commands },
    { target: { kind: "finalView" }, opening: [], commands: finalView },
    ...composite.effects.map(({ number, commands }): CanonicalSegment => {
      return { target: { kind: "composite", effect: number }, opening: [`effect=${number}`], commands };
    }),
    ...layers.flatMap(({ number, names, commands, effects }): readonly CanonicalSegment[] => {
      const layer = { kind: "layer", layer: number } as const;
      const opening = names.length === 0 ? [`layer=${number}`] : names.map((name) => `layer=${selector(number, name)}`);
      const own = effects.map(({ number: effect, commands: ofEffect }) => {
        return { target: { ...layer, effect }, opening: [`effect=${effect}`], commands: ofEffect };
      });
      return [{ target: layer, opening, commands }, ...own];
    }),
  ];
}

/** The commands of a segment in the order of the command table. */
export function namesIn(commands: CanonicalSegment["commands"]): readonly CommandName[] {
  const given = Object.keys(commands) as CommandName[];
  return given.filter((name) => commands[name] !== undefined).sort((one, other) => placeOf(one) - placeOf(other));
}

/** `name=value` of the commands of a segment. */
export function commandOf(commands: CanonicalSegment["commands"]): (name: CommandName) => string {
  return (name) => {
    const grammar: Grammar<unknown> = COMMANDS[name].grammar;
    const text = grammar.write(commands[name]);
    return `${name}=${grammar.raw ? text : encodeValue(text)}`;
  };
}

const PLACES: ReadonlyMap<CommandName, number> = new Map(COMMAND_NAMES.map((name, place) => [name, place]));

function placeOf(name: CommandName): number {
  return PLACES.get(name) ?? 0;
}

function selector(number: number, name: string): string {
  return encodeValue(layerGrammar.write({ kind: "number", number, name }));
}

/** Of the request's own text: those in records and nested requests are called there again. */
function unknownMacros({ notes, layers }: ImageRequest): readonly string[] {
  const nested = layers.flatMap((layer) => Object.values(layer.nested).flatMap((inner) => inner.notes));
  const elsewhere = new Set(nested);
  const own = notes.filter((note) => note.says === NO_MACRO && note.in === undefined && !elsewhere.has(note));
  return [...new Set(own.map(({ name }) => encodeValue(name)))];
}
