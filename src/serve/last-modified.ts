import type { Catalog } from "../catalog/catalog.ts";
import { isWrong } from "../protocol/problem.ts";
import type { ImageRequest } from "../protocol/request.ts";
import { type FoundSources, found } from "./found-sources.ts";
import type { CatalogSite } from "./site.ts";

/**
 * When any of the records and catalogs of a reply was last changed, in milliseconds since 1970: undefined where
 * `UseLastModified` does not want it told, or there are neither. Never in the future: copies are compared with it.
 *
 * Of a record its TimeStamp counts, or else that of its catalog, or else the time of its catalog's files. The main catalog is
 * always one of them, and so is the default one: their settings and macros took part.
 *
 * Source: protocol.md 6.2, 6.4, 7.6; RFC 9110, 8.8.2.1.
 */
export function lastModified(asked: ImageRequest, { objects }: FoundSources, site: CatalogSite): number | undefined {
  if (!site.settings.UseLastModified) return undefined;
  const { object, request } = asked;
  const named = [isWrong(object) ? "" : object, request.template ?? ""].filter((name) => name !== "");
  const involved = [...objects, ...named.map((name) => found(name, site))];
  const times = involved.map(({ record, catalog }) => record?.fields.TimeStamp ?? timeOf(catalog));
  const newest = Math.max(timeOf(site.main), timeOf(site.catalogs.default), ...times);
  return newest > 0 ? Math.min(newest, Date.now()) : undefined;
}

function timeOf({ attributes, fileTime }: Catalog): number {
  return attributes.TimeStamp ?? fileTime;
}
