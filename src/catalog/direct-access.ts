import type { Catalog } from "./catalog.ts";
import type { FoundObject, LookUpDefaults } from "./look-up.ts";

/**
 * Whether what was found may be used: a record always, a file without one where both the main catalog and that of the file
 * allow it. Of one alone a path through the other would get around it.
 *
 * Source: protocol.md 2.5 (8), 6.2, A-53.
 */
export function mayBeUsed(found: FoundObject, main: Catalog, defaults: LookUpDefaults): boolean {
  const allows = ({ attributes }: Catalog) => (attributes.AllowDirectAccess ?? defaults.AllowDirectAccess).has("IS");
  return found.record !== undefined || (allows(main) && allows(found.catalog));
}
