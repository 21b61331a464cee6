import type { CatalogSite } from "./site.ts";

/**
 * Bytes that catalogs may hold beside MemoryBudget, twice: while they are read anew the old ones are there too. The default budget
 * leaves 28 MB of the 128 MB of an isolate to the program and its requests.
 */
const CATALOG_ALLOWANCE = 4 * 1_048_576;

/** Bytes that pictures in the making may hold: what catalogs hold beyond their allowance is taken off, twice. */
export function memoryFor({ settings, catalogs }: Pick<CatalogSite, "settings" | "catalogs">): number {
  return Math.max(0, settings.MemoryBudget - 2 * Math.max(0, catalogs.bytes - CATALOG_ALLOWANCE));
}
