import type { FileProblem } from "./file-problem.ts";
import type { RecordFields } from "./records/fields.ts";

/** A record of image data: a picture, a template or a preset by its id. Source: protocol.md 6.4. */
export interface CatalogRecord {
  readonly id: string;
  readonly fields: RecordFields;
  /** Fields that cannot be read, which are absent. A record with one is refused when it is used. */
  readonly problems: readonly FileProblem[];
  /** Where it stands: the path below `catalogs/`, and the line from 1. */
  readonly file: string;
  readonly line: number;
}

/** The records of a catalog. */
export interface CatalogRecords {
  readonly size: number;
  /** In constant time, however many there are. */
  find(id: string): CatalogRecord | undefined;
  /** In the order of the files; the last of an id. For tools: no request asks for all of them. */
  all(): Iterable<CatalogRecord>;
}
