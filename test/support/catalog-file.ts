import type { CatalogFile } from "../../src/catalog/read-catalogs.ts";
import { encoded } from "./table-writing.ts";

/** A file below `catalogs/` with these bytes, or this text in UTF-8. */
export function catalogFile(content: string | Uint8Array, path = "acme/images.txt"): CatalogFile {
  const bytes = typeof content === "string" ? encoded(content, "utf-8") : content;
  return { path, bytes, etag: "1", written: 0 };
}
