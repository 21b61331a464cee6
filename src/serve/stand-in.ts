import { Fault } from "../faults.ts";
import { COMMANDS, type CommandName } from "../protocol/commands/table.ts";
import type { Grammar } from "../protocol/grammar/grammar.ts";
import { encodeValue } from "../protocol/percent.ts";
import { readRequest } from "../protocol/read.ts";
import { type ImageRequest, layerZero } from "../protocol/request.ts";
import { type FoundSources, found, foundSources, sourcesOfObject } from "./found-sources.ts";
import { ownLife } from "./freshness.ts";
import type { CatalogSite } from "./site.ts";

/** What is shown in place of something else. */
export interface StandIn {
  readonly asked: ImageRequest;
  readonly sources: FoundSources;
  /** Hours for which it may be cached. */
  readonly hours: number;
}

/**
 * The request of an object that stands in for another, as the main catalog means its name: its record counts like that of a
 * path, and what is left of the client's request is what the client says.
 */
export function standInRequest(object: string, modifiers: string, { view, settings }: CatalogSite): ImageRequest {
  const { macros, named, nested } = view;
  const catalogs = { macros, ofPath: named(object), named, nested };
  return readRequest(object, modifiers, { catalogs, unknownMacro: settings.UnknownMacro });
}

/** Without a file, or where only records count, without a record. Not: broken. Source: protocol.md 7.5. */
export function isMissing(thrown: unknown): thrown is Fault {
  return thrown instanceof Fault && (thrown.code === "sourceMissing" || thrown.code === "directAccess");
}

/**
 * What is shown in place of a picture that is missing: undefined where neither the request nor its catalog names anything.
 *
 * Mode 0 is the default image's own request, with the size and the format that the reply would have had. In mode 1 the default
 * image takes the place of the picture, and of its mask, in the request as it is.
 *
 * @throws Fault where what is named cannot be shown
 * Source: protocol.md 7.5, A-54.
 */
export function defaultImageFor(asked: ImageRequest, site: CatalogSite): StandIn | undefined {
  const { DefaultImage, DefaultImageMode, DefaultExpiration } = site.settings;
  const name = asked.request.defaultImage ?? DefaultImage;
  if (name === "") return undefined;
  const object = found(name, site);
  const hours = ownLife(object) ?? DefaultExpiration;
  if (DefaultImageMode === 1) {
    const takesMask = layerZero(asked)?.commands.maskUse !== "off";
    return { asked, sources: sourcesOfObject(object, takesMask, site), hours };
  }
  const whole = standInRequest(name, keptModifiers(asked), site);
  return { asked: whole, sources: foundSources(whole, site), hours };
}

/** What is left of a request whose picture is missing, whoever said it. Source: protocol.md 7.5. */
const KEPT = ["wid", "hei", "fmt", "qlt"] as const satisfies readonly CommandName[];

function keptModifiers({ request, view }: ImageRequest): string {
  const values = { ...request, ...view };
  const kept = KEPT.flatMap((name) => {
    const value = values[name];
    const grammar: Grammar<unknown> = COMMANDS[name].grammar;
    return value === undefined ? [] : [`${name}=${encodeValue(grammar.write(value))}`];
  });
  return kept.join("&");
}
