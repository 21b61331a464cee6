import type { FileProblem } from "../../src/catalog/file-problem.ts";
import type { CatalogFile, CatalogReading } from "../../src/catalog/read-catalogs.ts";
import type { Macros } from "../../src/protocol/macros.ts";
import type { CatalogReader } from "../../src/resolve/load-files.ts";
import { handMade } from "./catalogs-by-hand.ts";
import { noCatalogs } from "./hand-made-catalogs.ts";

/** One call of a reader. */
export interface Read {
  /** `path=text` of each file. */
  readonly files: readonly string[];
  readonly macros: Macros;
  readonly before: CatalogReading | undefined;
  readonly reading: CatalogReading;
}

/** Whose attribute files say nothing but the names of files, and whose catalogs hold nothing but bytes. */
export interface ReaderDouble extends CatalogReader {
  readonly reads: Read[];
  /** Attribute files that were asked for names. */
  readonly asked: string[];
  /** What is said to be wrong with the files of the next readings. */
  problems: readonly FileProblem[];
}

const textOf = ({ bytes }: CatalogFile) => new TextDecoder().decode(bytes);

/** A reader of attribute files like `acme.txt macros.txt`, which has a catalog by the name of each. */
export function readerDouble(): ReaderDouble {
  const double: ReaderDouble = {
    reads: [],
    asked: [],
    problems: [],
    isAttributeFile: (path) => /^[^/]+\.ini$/.test(path),
    namesIn(file) {
      double.asked.push(file.path);
      return textOf(file).split(" ");
    },
    read(files, { macros }, before) {
      const ids = files.flatMap(({ path }) => /^([^/]+)\.ini$/.exec(path)?.[1] ?? []);
      const catalogs = {
        ...noCatalogs(macros),
        byRootId: new Map(ids.map((id) => [id, handMade(id)])),
        bytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0),
      };
      const reading = { catalogs, problems: double.problems };
      double.reads.push({ files: files.map((file) => `${file.path}=${textOf(file)}`), macros, before, reading });
      return reading;
    },
  };
  return double;
}
