import { type CommandName, rowOf } from "./commands/table.ts";
import { type ImageRequest, layerZero } from "./request.ts";
import { isObject } from "./sources.ts";

/** The commands of a request that are read and checked but not carried out yet, each once, by their names. */
export function plannedCommands(request: ImageRequest): readonly CommandName[] {
  const { composite, finalView, layers } = request;
  const bottom = layerZero(request);
  const groups = [request.request, request.view, composite.commands, finalView, bottom?.commands ?? {}];
  const names = groups.flatMap((group) => Object.keys(group) as CommandName[]);
  const planned = names.filter((name) => rowOf(name).state === "planned");
  const { src, mask } = bottom?.commands ?? {};
  const effects = [...composite.effects, ...(bottom?.effects ?? [])];
  return [
    ...new Set<CommandName>([
      ...planned,
      ...(src === undefined || isObject(src) ? [] : (["src"] as const)),
      ...(mask === undefined || isObject(mask) ? [] : (["mask"] as const)),
      // Nothing is carried out of what belongs to layers above the first one, or to effects.
      ...(layers.some(({ number }) => number !== 0) ? (["layer"] as const) : []),
      ...(effects.length > 0 ? (["effect"] as const) : []),
    ]),
  ];
}
