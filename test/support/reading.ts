import { withoutCatalogs } from "../../src/protocol/catalog-view.ts";
import { defineMacros } from "../../src/protocol/macros.ts";
import { type ReadContext, readRequest } from "../../src/protocol/read.ts";
import type { ImageRequest } from "../../src/protocol/request.ts";

/** Macros by name, in the order of their definitions. */
export function contextWith(macros: Readonly<Record<string, string>> = {}, unknownMacro: "error" | "ignore" = "error") {
  return { catalogs: withoutCatalogs(defineMacros(Object.entries(macros)).macros), unknownMacro } satisfies ReadContext;
}

const PLAIN = contextWith();

/** A request for the object `picture`, where no macros but the built-in ones are known. */
export function readPlain(modifiers: string, context: ReadContext = PLAIN): ImageRequest {
  return readRequest("picture", modifiers, context);
}

/** All commands of the request and of the view together. */
export function flatCommands(modifiers: string, context: ReadContext = PLAIN) {
  const { request, view } = readPlain(modifiers, context);
  return { ...request, ...view };
}
