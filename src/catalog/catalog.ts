import type { Macros } from "../protocol/macros.ts";
import type { AttributeValues } from "./attributes.ts";
import type { CatalogRecords } from "./record.ts";

/** A catalog as its files say. */
export interface Catalog {
  /** "" is the default catalog. */
  readonly rootId: string;
  /** Its own attributes over those of the default catalog; what neither has is absent, and the settings count. */
  readonly attributes: AttributeValues;
  readonly records: CatalogRecords;
  /** Its own over those of the default catalog. */
  readonly macros: Macros;
  /** Milliseconds since 1970: when the last of its files was written. */
  readonly fileTime: number;
  /** What is wrong with its files, so that nothing of it can be used; absent in one that can. */
  readonly broken?: string;
}

/** All catalogs of a server, as of one moment. */
export interface Catalogs {
  /** That of `default.ini`; an empty one where there is no such file. */
  readonly default: Catalog;
  /** By their RootIds, without the default one. */
  readonly byRootId: ReadonlyMap<string, Catalog>;
  /** Bytes that they hold. */
  readonly bytes: number;
}
