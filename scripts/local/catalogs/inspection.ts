import type { Catalog, Catalogs } from "../../../src/catalog/catalog.ts";
import type { NamedFile } from "../../../src/catalog/files/attribute-file.ts";
import type { Place } from "../../../src/catalog/files/attribute-lines.ts";
import type { TableRow } from "../../../src/catalog/files/table.ts";
import type { FoundObject } from "../../../src/catalog/look-up.ts";
import type { CatalogView } from "../../../src/protocol/catalog-view.ts";
import type { FileText } from "./file-text.ts";
import type { Finding } from "./finding.ts";
import type { StandingAttributes } from "./standing-attributes.ts";

/** Catalogs under inspection, with what is needed to say where something stands in their files. */
export interface Inspection {
  readonly catalogs: Catalogs;
  /** The default one first. */
  readonly all: readonly Catalog[];
  /** As requests see the catalogs whose path this is. */
  readonly viewOf: (path: string) => CatalogView;
  readonly lookUp: (object: string, main: Catalog) => FoundObject;
  /** Those that a catalog's own file has. */
  readonly attributesOf: (catalog: Catalog) => StandingAttributes;
  /** The data files that a catalog's own file names, each once. */
  readonly filesOf: (catalog: Catalog, attribute: NamedFile["attribute"]) => readonly string[];
  /** The rows of a table, by their lines; none where it cannot be read. */
  readonly rowsOf: (file: string, key: string, fields: readonly string[]) => ReadonlyMap<number, TableRow>;
  readonly textOf: (file: string) => FileText | undefined;
}

/** Something that catalogs are inspected for. */
export type Inspector = (inspection: Inspection) => Iterable<Finding>;

/** What a path must be for a record to be asked for by its id. */
export function pathOf(catalog: Catalog, id: string): string {
  return catalog.rootId === "" ? id : `${catalog.rootId}/${id}`;
}

/** Whether a path leads to the record, and not to another one that comes before it. */
export function isFound(inspection: Inspection, catalog: Catalog, id: string): boolean {
  const path = pathOf(catalog, id);
  const { ofPath } = inspection.viewOf(path);
  return ofPath?.name === path && ofPath.catalog === catalog.rootId;
}

/** The place of a character of a row's field. */
export function placeInRow(inspection: Inspection, file: string, row: TableRow, field: string, at: number): Place {
  const place = row.placeOf(field.toLowerCase());
  return inspection.textOf(file)?.inField(place, at) ?? place;
}

/** What of an image data file is looked at in its rows. */
const FIELDS = ["Path", "MaskPath", "Modifier", "PostModifier", "ImageSet"] as const;

/** A record as it stands in its file. */
export interface StandingRecord {
  readonly catalog: Catalog;
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly row: TableRow;
}

/** Every record that can be found, those of the default catalog first. */
export function* standingRecords(inspection: Inspection): Iterable<StandingRecord> {
  for (const catalog of inspection.all) {
    for (const { id, file, line } of catalog.records.all()) {
      const row = imageRows(inspection, file).get(line);
      if (row !== undefined) yield { catalog, id, file, line, row };
    }
  }
}

/** The rows of an image data file, those that a later one replaces among them. */
export function imageRows(inspection: Inspection, file: string): ReadonlyMap<number, TableRow> {
  return inspection.rowsOf(file, "Id", FIELDS);
}
