import type { Macros } from "../protocol/macros.ts";
import type { Catalogs } from "./catalog.ts";
import type { FileProblem } from "./file-problem.ts";

/** A file below `catalogs/`. */
export interface CatalogFile {
  /** Below `catalogs/`, with slashes: `acme.ini`, `acme/images.txt`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Changes whenever the file does. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly written: number;
}

/** Macros of settings, which every catalog has where it has no others by their names. */
export interface ReadingOptions {
  readonly macros: Macros;
}

/** Catalogs, and what was read of each file: given to the next reading, only what has changed is read again. */
export interface CatalogReading {
  readonly catalogs: Catalogs;
  readonly problems: readonly FileProblem[];
}

/**
 * Reads catalogs from their files. Files that `before` has by the same etag are not read again; in place of one that cannot be used
 * that of `before` stays in force, where there was one. SEAM: signature only.
 */
export function readCatalogs(
  _files: readonly CatalogFile[],
  _options: ReadingOptions,
  _before?: CatalogReading,
): CatalogReading {
  throw new Error("SEAM");
}
