import type { Catalog, Catalogs } from "./catalog.ts";
import type { CatalogRecord } from "./record.ts";

/** What the path of a request says: its main catalog, and what is left of the path. */
export interface MainCatalog {
  readonly catalog: Catalog;
  /** "" where the path names a catalog alone. */
  readonly rest: string;
}

/**
 * The main catalog of a request, by the RootId with which its path begins; of several the longest. The default catalog where it
 * begins with none. Source: protocol.md 2.5, A-52.
 */
export function mainCatalogOf(_path: string, _catalogs: Catalogs): MainCatalog {
  throw new Error("SEAM");
}

/** An object, as it was looked up. */
export interface FoundObject {
  /** As it was asked for, without the slash before it. */
  readonly object: string;
  /** Of which catalog RootPath, DefaultExt, Expiration and Resolution count, and the macros of its record. */
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

/** What looking up depends on besides the catalogs, where these do not say it. */
export interface LookUpDefaults {
  readonly RootPath: string;
  readonly FullMatch: boolean;
}

/**
 * Looks up the object of `src=`, `mask=`, `template=`, or of the rest of a path: a record of the main catalog, one that is named
 * with its RootId, one of the default catalog, or else a file. Source: protocol.md 2.5.
 */
export function lookUp(_object: string, _main: Catalog, _catalogs: Catalogs, _defaults: LookUpDefaults): FoundObject {
  throw new Error("SEAM");
}
