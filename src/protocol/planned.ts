import { type CommandName, rowOf } from "./commands/table.ts";
import type { ImageRequest } from "./request.ts";

/** The commands of a request that are read and checked but not carried out yet, each once, by their names. */
export function plannedCommands(request: ImageRequest): readonly CommandName[] {
  const { composite, finalView, layers } = request;
  const groups = [
    request.request,
    request.view,
    composite.commands,
    finalView,
    ...composite.effects.map(({ commands }) => commands),
    ...layers.flatMap(({ commands, effects }) => [commands, ...effects.map((effect) => effect.commands)]),
  ];
  const names = new Set(groups.flatMap((group) => Object.keys(group) as CommandName[]));
  return [...names].filter((name) => rowOf(name).state === "planned");
}
