import { COMMAND_NAMES, COMMANDS, type CommandName } from "./commands/table.ts";
import type { Grammar } from "./grammar/grammar.ts";
import { layer as layerGrammar } from "./grammar/layer.ts";
import { encodeValue } from "./percent.ts";
import { isWrong } from "./problem.ts";
import { type Effect, type ImageRequest, NO_MACRO } from "./request.ts";

/**
 * The canonical form of a request: one text for one meaning, in the order of the command table, layer by layer. Read
 * again, it is the same request. What was passed over is not in it, but for the calls of macros that do not exist: without
 * them rules would be checked that were not.
 */
export function writeRequest(request: ImageRequest): string {
  const { composite, finalView, layers } = request;
  const parts = [
    ...written(request.request),
    ...written(request.view),
    ...written(composite.commands),
    ...written(finalView),
    ...effects(composite.effects),
    ...layers.flatMap(({ number, names, commands, effects: own }) => [
      ...(names.length === 0 ? [`layer=${number}`] : names.map((name) => `layer=${selector(number, name)}`)),
      ...written(commands),
      ...effects(own),
    ]),
    ...unknownMacros(request),
  ];
  const object = isWrong(request.object) ? request.object.got : request.object;
  const path = object.split("/").map(encodeValue).join("/");
  return parts.length === 0 ? path : `${path}?${parts.join("&")}`;
}

function selector(number: number, name: string): string {
  return encodeValue(layerGrammar.write({ kind: "number", number, name }));
}

function unknownMacros({ notes }: ImageRequest): readonly string[] {
  const calls = notes.filter(({ says }) => says === NO_MACRO).map(({ name }) => encodeValue(name));
  return [...new Set(calls)];
}

function effects(list: readonly Effect[]): readonly string[] {
  return list.flatMap(({ number, commands }) => [`effect=${number}`, ...written(commands)]);
}

function written(values: Readonly<Partial<Record<CommandName, unknown>>>): readonly string[] {
  return COMMAND_NAMES.flatMap((name) => {
    const value = values[name];
    if (value === undefined) return [];
    const grammar: Grammar<unknown> = COMMANDS[name].grammar;
    const text = grammar.write(value);
    return [`${name}=${grammar.raw ? text : encodeValue(text)}`];
  });
}
