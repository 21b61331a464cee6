import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { CatalogFile } from "../../../src/catalog/read-catalogs.ts";

/** The files of a folder and of those in it, by their paths in it with slashes, in their order. */
export function filePathsIn(folder: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return paths
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join("/"))
    .sort();
}

/** The files of a folder as those below `catalogs/` in a bucket. Throws where it cannot be read. */
export function catalogFilesIn(folder: string): readonly CatalogFile[] {
  return filePathsIn(folder).map((path) => {
    const bytes = readFileSync(join(folder, path));
    return { path, bytes, etag: md5(bytes), written: Math.floor(statSync(join(folder, path)).mtimeMs) };
  });
}

/** As R2 makes etags of what was put in one piece. */
export function md5(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}
