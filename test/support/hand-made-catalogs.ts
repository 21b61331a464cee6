import type { Catalog, Catalogs } from "../../src/catalog/catalog.ts";
import type { TableRow } from "../../src/catalog/files/table.ts";
import type { CatalogRecord } from "../../src/catalog/record.ts";

const NO_RECORDS: Catalog["records"] = { size: 0, find: () => undefined, all: () => [] };

/** A catalog with nothing in it but what is given. */
export function catalogOf(given: Partial<Catalog>): Catalog {
  return { rootId: "", attributes: {}, records: NO_RECORDS, macros: new Map(), fileTime: 0, ...given };
}

/** Where there are no files of catalogs: nothing but macros of settings. */
export function noCatalogs(macros: Catalog["macros"]): Catalogs {
  return { default: catalogOf({ macros }), byRootId: new Map(), bytes: 0 };
}

/** Records in their order; of several with one id the last counts. */
export function recordsFrom(records: readonly CatalogRecord[]): Catalog["records"] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return { size: byId.size, find: (id) => byId.get(id), all: () => byId.values() };
}

/** A row of a table as it stands in a file whose columns these are. */
export function rowOf(line: number, columns: readonly string[], fields: readonly string[]): TableRow {
  const names = columns.map((name) => name.toLowerCase());
  const starts = fields.map((_, index) => fields.slice(0, index).join("\t").length + Math.min(index, 1) + 1);
  return {
    line,
    texts: new Map(names.flatMap((name, index) => (fields[index] ? [[name, fields[index]]] : []))),
    placeOf: (field) => ({ line, column: starts[names.indexOf(field)] ?? 1 }),
  };
}
