import { MOST_BYTES } from "../catalog/bounds.ts";
import type { FileProblem } from "../catalog/file-problem.ts";
import type { CatalogFile, readCatalogs } from "../catalog/read-catalogs.ts";
import { Fault } from "../faults.ts";
import type { CatalogFiles, ListedFile } from "../store/catalog-files.ts";

/** How catalogs are made of their files. */
export interface CatalogReader {
  readonly read: typeof readCatalogs;
  /** Whether a file of this path, below `catalogs/`, says the attributes of a catalog. */
  readonly isAttributeFile: (path: string) => boolean;
  /** Paths of the files that such a file names, whether or not they are there. */
  readonly namesIn: (attributeFile: CatalogFile) => readonly string[];
}

/** Files that were loaded, by their paths: of some a later version may be wanted by now. */
export type LoadedFiles = Map<string, CatalogFile>;

export interface LoadedCatalogs {
  /** Attribute files, and the files that they name as far as there are such; by their paths. */
  readonly files: readonly CatalogFile[];
  /** Files that were left out. */
  readonly problems: readonly FileProblem[];
}

/** Of MOST_BYTES, for attribute files: without one of them nobody knows whose requests are whose. */
const MOST_ATTRIBUTE_BYTES = 8 * 1_048_576;
/** A listing costs one operation for each thousand of them. */
export const MOST_LISTED = 10_000;
/** A Worker has six connections at a time. */
const AT_ONCE = 6;

/**
 * Loads what catalogs are made of: the attribute files, then what these name. What `loaded` has
 * as it is listed is not asked for again, and what comes is put there as it comes.
 *
 * @param alive is called whenever the bucket has answered
 * @throws Fault `sourceChanged` where a file is another one than was listed, so that others may be, too; `storage`; `catalogBroken`
 * where there is more than can be held; the signal's reason
 */
export async function loadFiles(
  source: CatalogFiles,
  loaded: LoadedFiles,
  { isAttributeFile, namesIn }: Pick<CatalogReader, "isAttributeFile" | "namesIn">,
  alive: () => void,
  signal: AbortSignal,
): Promise<LoadedCatalogs> {
  const listed = new Map<string, ListedFile>();
  for await (const page of source.pages(signal)) {
    alive();
    for (const file of page) listed.set(file.path, file);
    if (listed.size > MOST_LISTED) throw new Fault("catalogBroken", `more than ${MOST_LISTED} objects below catalogs/`);
  }
  const load = (files: readonly ListedFile[]) => fetched(files, source, loaded, alive, signal);

  const attributeFiles = [...listed.values()].filter(({ path }) => isAttributeFile(path));
  const attributeBytes = attributeFiles.reduce((sum, { size }) => sum + size, 0);
  if (attributeBytes > MOST_ATTRIBUTE_BYTES)
    throw new Fault("catalogBroken", `attribute files of ${attributeBytes} bytes, of at most ${MOST_ATTRIBUTE_BYTES}`);
  const attributes = await load(attributeFiles);

  const named = new Map<string, ListedFile>();
  for (const file of attributes) {
    for (const path of namesIn(file)) {
      const found = listed.get(path);
      if (found !== undefined && !isAttributeFile(path)) named.set(path, found);
    }
  }
  const problems: FileProblem[] = [];
  let bytes = attributeBytes;
  const fitting = [...named.values()].sort(byPath).filter((file) => {
    const fits = bytes + file.size <= MOST_BYTES;
    if (fits) bytes += file.size;
    else problems.push(tooLarge(file));
    return fits;
  });
  const others = await load(fitting);
  return { files: [...attributes, ...others].sort(byPath), problems };
}

async function fetched(
  files: readonly ListedFile[],
  source: CatalogFiles,
  loaded: LoadedFiles,
  alive: () => void,
  signal: AbortSignal,
): Promise<readonly CatalogFile[]> {
  const there = new Map(files.map((file) => [file, asListed(file, loaded)]));
  const wanted = files.filter((file) => there.get(file) === undefined);
  // One row of files for all who fetch, of which each takes the next one.
  const row = wanted.values();
  let failed = false;
  const fetching = async () => {
    for (const listed of row) {
      if (failed) return;
      const { path, etag, written } = listed;
      const file = { path, etag, written, bytes: await source.bytes(listed, alive, signal) };
      there.set(listed, file);
      loaded.set(path, file);
    }
  };
  const fetchingWell = () =>
    fetching().catch((cause: unknown) => {
      failed = true;
      throw cause;
    });
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, wanted.length) }, fetchingWell));
  return [...there.values()].flatMap((file) => file ?? []);
}

/** The same file is the same value for as long as it is listed as it was. Its bytes may have been written again. */
function asListed({ path, etag, written }: ListedFile, loaded: LoadedFiles): CatalogFile | undefined {
  const file = loaded.get(path);
  if (file === undefined || file.etag !== etag) return undefined;
  if (file.written === written) return file;
  const again = { ...file, written };
  loaded.set(path, again);
  return again;
}

function tooLarge({ path, size }: ListedFile): FileProblem {
  const wanted = `at most ${MOST_BYTES} bytes with all other files`;
  return { file: path, line: 1, column: 1, about: "size", wanted, got: `${size} bytes`, weight: "file" };
}

/** By code units, as R2 lists them but for characters beyond the first plane. */
function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}
