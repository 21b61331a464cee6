import { type FoundObject, lookUp } from "../catalog/look-up.ts";
import { Fault } from "../faults.ts";
import { isWrong, shown } from "../protocol/problem.ts";
import { type ImageRequest, layerZero } from "../protocol/request.ts";
import { sourcesOf } from "../protocol/sources.ts";
import { maskOf, pictureOf, recordMaskOf } from "../resolve/places.ts";
import type { SourcePlace } from "../resolve/source-keys.ts";
import { settingsOf } from "../settings/of-catalogs.ts";
import type { Settings } from "../settings/settings.ts";
import type { CatalogSite } from "./site.ts";

/** What looking up goes by. */
export type LookUpSite = Pick<CatalogSite, "main" | "catalogs" | "serverSettings">;

/** The sources of a picture, before any file is looked at. */
export interface FoundSources {
  readonly picture: SourcePlace;
  readonly mask: SourcePlace | undefined;
  /** The mask is that of the picture's record. */
  readonly isOwnMask: boolean;
  /** Of the picture: to which `res=` relates. */
  readonly resolution: number;
  /** What was looked up: the picture, then what `mask=` names. */
  readonly objects: readonly [FoundObject, ...FoundObject[]];
}

/**
 * Looks the sources of a request up in the catalogs.
 *
 * @throws Fault where its path names no picture, or what it names may not be asked for or cannot be read
 * Source: protocol.md 1.8, 2.5, 3.4.
 */
export function foundSources(asked: ImageRequest, site: LookUpSite): FoundSources {
  const { picture: object, mask, recordMask } = sourcesOf(asked);
  if (isWrong(object)) {
    const { wanted, got } = object;
    throw new Fault("objectInvalid", `wants ${wanted}, got ${shown(got)}`, { mayBeTold: true });
  }
  if (object === "" || namesCatalogAlone(asked, site)) throw new Fault("objectMissing");
  const sources = sourcesOfObject(found(object, site), recordMask, site);
  if (mask === undefined) return sources;
  const masking = found(mask, site);
  return {
    ...sources,
    mask: maskOf(masking, site.main, site.serverSettings),
    objects: [sources.objects[0], masking],
  };
}

/** Such a path has chosen the main catalog, and names no object. */
function namesCatalogAlone(asked: ImageRequest, { catalogs }: LookUpSite): boolean {
  const { object, request } = asked;
  const isFromPath = layerZero(asked)?.commands.src === undefined && request.template === undefined;
  return isFromPath && !isWrong(object) && catalogs.byRootId.has(object);
}

/** An object as requests of this site mean it. */
export function found(object: string, { main, catalogs, serverSettings }: LookUpSite): FoundObject {
  return lookUp(object, main, catalogs, serverSettings);
}

/**
 * The sources where one object stands for all.
 *
 * @param takesMask whether the mask of its record is used
 * @throws Fault like `pictureOf`
 */
export function sourcesOfObject(object: FoundObject, takesMask: boolean, site: LookUpSite): FoundSources {
  const { main, serverSettings } = site;
  const mask = takesMask ? recordMaskOf(object, main, serverSettings) : undefined;
  return {
    picture: pictureOf(object, main, serverSettings),
    mask,
    isOwnMask: mask !== undefined,
    // 0 is none. Source: protocol.md 6.4, `Resolution`.
    resolution: object.record?.fields.Resolution || settingsFor(object, site).Resolution,
    objects: [object],
  };
}

/** The settings that count for a source: those of the catalog in which it was found. Source: protocol.md 1.8. */
export function settingsFor(
  { catalog }: FoundObject,
  { serverSettings }: Pick<LookUpSite, "serverSettings">,
): Settings {
  return settingsOf(catalog.attributes, serverSettings);
}
