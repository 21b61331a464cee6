import type { FileProblem } from "./file-problem.ts";
import type { CatalogFile } from "./read-catalogs.ts";
import type { CatalogRecords } from "./record.ts";

/** A file of image data, held as its bytes and an index of its ids: a record is read when it is asked for. */
export interface ImageData {
  readonly records: CatalogRecords;
  /** Bytes that it holds. */
  readonly bytes: number;
  readonly problems: readonly FileProblem[];
}

/** SEAM: signature only. Source: protocol.md 6.4. */
export function readImageData(_file: CatalogFile): ImageData {
  throw new Error("SEAM");
}

/** The records of several files in their order: of one id the last. SEAM: signature only. */
export function recordsOf(_data: readonly ImageData[]): CatalogRecords {
  throw new Error("SEAM");
}
