import type { AttributeValues } from "./attributes.ts";
import type { Catalog, Catalogs } from "./catalog.ts";
import type { CatalogRecord } from "./record.ts";

/** What the path of a request says: its main catalog, and what is left of the path. */
export interface MainCatalog {
  readonly catalog: Catalog;
  /** "" where the path names a catalog alone. */
  readonly rest: string;
}

/**
 * The main catalog of a request, by the RootId with which its path begins, in whole elements; of several the longest. The
 * default catalog where it begins with none, and where that catalog wants to be ignored for what is no record (`FullMatch`). It wins
 * over a record of the default catalog by the same name.
 *
 * Source: protocol.md 2.5, A-52.
 */
export function mainCatalogOf(path: string, catalogs: Catalogs, defaults: LookUpDefaults): MainCatalog {
  const catalog = catalogs.byRootId.get(path);
  if (catalog !== undefined) return { catalog, rest: "" };
  const named = matched(path, catalogs);
  const isIgnored = named !== undefined && isIgnoredFor(path, named.catalog, catalogs, defaults);
  return named === undefined || isIgnored ? { catalog: catalogs.default, rest: path } : named;
}

/** Whether a catalog is as if it were not there for an object that no record has. Source: protocol.md 2.5 (5). */
function isIgnoredFor(path: string, catalog: Catalog, catalogs: Catalogs, defaults: LookUpDefaults): boolean {
  const { broken, attributes } = catalog;
  if (broken !== undefined || !(attributes.FullMatch ?? defaults.FullMatch)) return false;
  return lookUp(path, catalog, catalogs, defaults).record === undefined;
}

/** An object, as it was looked up. */
export interface FoundObject {
  /** As it was asked for, without the slash before it. */
  readonly object: string;
  /**
   * That whose RootPath, DefaultExt, Expiration and Resolution count, and whose macros its record may call. Where it is broken,
   * nothing was found: the object may be another one when it is mended.
   */
  readonly catalog: Catalog;
  /** Undefined for a file without a record. */
  readonly record: CatalogRecord | undefined;
  /**
   * Where its picture lies: a path below SOURCES without the extension that may be missing. Undefined where its record has
   * none, as a template has none.
   */
  readonly picture: string | undefined;
  /** Where the mask of its record lies, likewise. */
  readonly mask: string | undefined;
}

/**
 * What looking up depends on where the catalogs do not say it: the settings of the server, not those for one catalog.
 */
export type LookUpDefaults = Required<
  Pick<AttributeValues, "RootPath" | "DefaultExt" | "FullMatch" | "AllowDirectAccess" | "PrintResolution">
>;

/**
 * Looks up the object of a path, `src=`, `mask=`, `template=` or `defaultImage=`: a record of the main catalog, one that is
 * named with its RootId, one of the default catalog, or else a file. Of a path, all of it is the object, RootId included.
 *
 * Total: every string has an answer. Source: protocol.md 2.5, A-50, A-52.
 */
export function lookUp(object: string, main: Catalog, catalogs: Catalogs, defaults: LookUpDefaults): FoundObject {
  const name = object.replace(/^\/+/, "");
  const start = name === object ? main : catalogs.default;
  const found = (catalog: Catalog, path: string, record?: CatalogRecord): FoundObject =>
    placed(name, catalog, path, record, defaults);

  const named = matched(name, catalogs);
  for (const [catalog, id] of inOrder(name, start, named, catalogs.default)) {
    if (catalog.broken !== undefined) return { object: name, catalog, ...NOWHERE };
    const record = catalog.records.find(id);
    if (record !== undefined) return found(catalog, id, record);
  }

  const { catalog, rest } = named ?? { catalog: start, rest: name };
  const ignoresCatalog = catalog.attributes.FullMatch ?? defaults.FullMatch;
  if (!ignoresCatalog) return found(catalog, rest);
  // As if no catalog had been named, whose name is then the beginning of an id, or of a path.
  return found(catalogs.default, name, catalogs.default.records.find(name));
}

const NOWHERE = { record: undefined, picture: undefined, mask: undefined } as const;

/**
 * The catalogs in which to look, and under which id: the whole name where the search starts, what stands behind a RootId in its
 * catalog, and what a catalog does not have in the default one.
 *
 * The own RootId is taken off first: it stands before an object that came from the path, as `$object$` does, and
 * that is the same one.
 */
function inOrder(
  name: string,
  start: Catalog,
  named: MainCatalog | undefined,
  fallback: Catalog,
): readonly (readonly [Catalog, string])[] {
  if (named === undefined)
    return [
      [start, name],
      [fallback, name],
    ];
  const whole = [start, name] as const;
  const behind = [named.catalog, named.rest] as const;
  const both = named.catalog === start ? [behind, whole] : [whole, behind];
  return [...both, [fallback, named.rest]];
}

/** By the longest RootId with which a name begins and behind which there is more of it. */
function matched(name: string, { byRootId }: Catalogs): MainCatalog | undefined {
  let best: MainCatalog | undefined;
  // Element by element, but not of a long name: none of so many elements is anybody's RootId.
  const longest = longestOf(byRootId);
  for (let at = name.indexOf("/"); at >= 0 && at <= longest; at = name.indexOf("/", at + 1)) {
    const catalog = byRootId.get(name.slice(0, at));
    if (catalog !== undefined && at + 1 < name.length) best = { catalog, rest: name.slice(at + 1) };
  }
  return best;
}

const LONGEST = new WeakMap<Catalogs["byRootId"], number>();

function longestOf(byRootId: Catalogs["byRootId"]): number {
  const known = LONGEST.get(byRootId);
  if (known !== undefined) return known;
  let longest = 0;
  for (const rootId of byRootId.keys()) longest = Math.max(longest, rootId.length);
  LONGEST.set(byRootId, longest);
  return longest;
}

function placed(
  object: string,
  catalog: Catalog,
  path: string,
  record: CatalogRecord | undefined,
  defaults: LookUpDefaults,
): FoundObject {
  const root = catalog.attributes.RootPath ?? defaults.RootPath;
  const below = (file: string | undefined) => (file === undefined ? undefined : pathBelow(root, file));
  // What a request names is always relative, whatever slashes stand behind a RootId; only a record's path may be absolute.
  const relative = path.replace(/^\/+/, "");
  if (record === undefined) return { object, catalog, record, picture: pathBelow(root, relative), mask: undefined };
  return { object, catalog, record, picture: below(record.fields.Path), mask: below(record.fields.MaskPath) };
}

/** Combined from right to left until absolute, where the root of the bucket is that of all. Source: protocol.md 2.5 (7). */
function pathBelow(root: string, path: string): string | undefined {
  const relative = path.normalize("NFC").replace(/^(?:\.?\/)+/, "");
  if (relative === "") return undefined;
  return root === "" || path.startsWith("/") ? relative : `${root}/${relative}`;
}
