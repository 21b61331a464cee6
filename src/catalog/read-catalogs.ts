import type { Macros } from "../protocol/macros.ts";
import { assemble } from "./assembly/assemble.ts";
import { type FileReadings, fileReader, isUnusable, withinBounds } from "./assembly/file-readings.ts";
import { choose, type InForce } from "./assembly/in-force.ts";
import { type KeptParts, partsMaker } from "./assembly/kept-parts.ts";
import type { Catalogs } from "./catalog.ts";
import { describeFileProblem, type FileProblem } from "./file-problem.ts";
import {
  type AttributeFile,
  DEFAULT_FILE,
  isAttributeFile,
  type NamedFile,
  readAttributeFile,
} from "./files/attribute-file.ts";
import { type MacroFile, readMacroFile } from "./files/macro-file.ts";
import { type ImageData, readImageData } from "./records/image-data.ts";

/** A file below `catalogs/`. */
export interface CatalogFile {
  /** Below `catalogs/`, with slashes: `acme.ini`, `acme/images.txt`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Changes whenever the file does. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly written: number;
}

export interface ReadingOptions {
  /** Those of the settings, which every catalog has where it has no others by their names. */
  readonly macros: Macros;
  /** Files that are there and were not loaded, and why. */
  readonly leftOut?: readonly FileProblem[];
  /** Problems of one weight that are told of a file; 100 where it is absent. */
  readonly mostTold?: number;
}

/** What was read of each file, for the next reading. */
interface KeptReadings extends KeptParts {
  readonly attributes: FileReadings<AttributeFile>;
  readonly images: FileReadings<ImageData>;
  readonly macroFiles: FileReadings<MacroFile>;
  /** Attribute files by their paths. */
  readonly inForce: ReadonlyMap<string, InForce>;
}

/** Catalogs, and what was read of each file: given to the next reading, only what has changed is read again. */
export interface CatalogReading {
  readonly catalogs: Catalogs;
  /** Of all files, also of those that were not read again. */
  readonly problems: readonly FileProblem[];
  /** Without it, everything is read again, and nothing was in force before. */
  readonly kept?: KeptReadings;
}

const NOTHING: KeptReadings = {
  attributes: new Map(),
  images: new Map(),
  macroFiles: new Map(),
  inForce: new Map(),
  records: new Map(),
  macros: new Map(),
};

/**
 * Reads catalogs from their files. Files that `before` has by the same etag are not read again.
 *
 * In place of one that cannot be used stays in force what it said when it could be; an attribute file that names one that cannot be used,
 * and never could, is itself one of these. Where nothing is there to stay in force, its catalog is broken, and all are where it cannot
 * be known which one that is, or where it is the default one, on which all others stand.
 * Total and pure: never throws, whatever the files say. Source: protocol.md 6.1.
 */
export function readCatalogs(
  files: readonly CatalogFile[],
  options: ReadingOptions,
  before?: CatalogReading,
): CatalogReading {
  const kept = before?.kept ?? NOTHING;
  const byPath = new Map(files.map((file) => [file.path, file]));
  const refuse = withinBounds();
  const { mostTold } = options;
  const attributes = fileReader(byPath, (file) => readAttributeFile(file, mostTold), refuse, kept.attributes);
  const images = fileReader(byPath, (file) => readImageData(file, mostTold), refuse, kept.images);
  const macroFiles = fileReader(byPath, (file) => readMacroFile(file, mostTold), refuse, kept.macroFiles);
  const readingOf = ({ path, attribute }: NamedFile) => (attribute === "MacroFile" ? macroFiles : images).of(path);
  const isComplete = (file: AttributeFile) => file.named.every((named) => readingOf(named).good !== undefined);

  const attributePaths = attributeFilesIn(byPath);
  // All of them before the first data file, however large that is: without its RootId nobody knows what is broken.
  for (const path of attributePaths) attributes.of(path);
  const problems: FileProblem[] = [];
  /** What keeps a catalog from being what its file says now. */
  const obstacles = new Map<string, FileProblem[]>();
  const candidates = new Map<string, readonly InForce[]>();
  for (const path of attributePaths) {
    const { now, problems: own } = attributes.of(path);
    const found = [...own, ...(now === undefined || isUnusable(now) ? [] : problemsBelow(path, now))];
    for (const problem of found) problems.push(problem);
    obstacles.set(path, found.filter(isFatal));
    const written = byPath.get(path)?.written ?? 0;
    const is = now === undefined || isUnusable(now) ? [] : [{ file: now, written }];
    const was = kept.inForce.get(path);
    const earlier = was === undefined || was.file === now ? [] : [was];
    candidates.set(
      path,
      [...is, ...earlier].filter(({ file }) => isComplete(file)),
    );
  }

  const choice = choose(candidates, kept.inForce);
  for (const problem of choice.problems) {
    problems.push(problem);
    obstacles.get(problem.file)?.push(problem);
  }
  const broken = [...obstacles].flatMap(([path, found]) =>
    choice.chosen.has(path) ? [] : [{ path, rootId: attributes.of(path).now?.values.RootId, reason: sentence(found) }],
  );
  const parts = partsMaker(kept, MOST_MACROS);
  const assembled = assemble(choice.chosen, broken, { images, macroFiles }, options, parts, kept.inForce.size === 0);
  const chosenFiles = [...choice.chosen.values()].map(({ file }) => file);
  const inUse = [...chosenFiles, ...[...attributes.readings.values()].flatMap(({ now }) => now ?? [])];
  const reading: KeptReadings = {
    attributes: attributes.readings,
    ...{ images: usedOf(images.readings), macroFiles: usedOf(macroFiles.readings) },
    ...{ inForce: choice.chosen, records: parts.records, macros: parts.macros },
  };
  return {
    catalogs: { default: assembled.default, byRootId: assembled.byRootId, bytes: bytesHeld(reading) },
    problems: onlyOnce([...problems, ...assembled.problems]),
    kept: reading,
  };

  /** What is wrong with the files that an attribute file names, and which of them do not exist. */
  function problemsBelow(path: string, { named }: AttributeFile): readonly FileProblem[] {
    return named.flatMap((file) => {
      const reading = readingOf(file);
      if (reading.etag !== undefined || reading.problems.length > 0) return reading.problems;
      const left = options.leftOut?.filter((problem) => problem.file === file.path) ?? [];
      if (left.length > 0) return left;
      const wanted = "a file that is there below catalogs/";
      return [{ file: path, ...file.place, about: file.attribute, wanted, got: file.path, weight: "file" }];
    });
  }

  /** Not what was only looked at, in case that it would be needed. */
  function usedOf<T>(readings: FileReadings<T>): FileReadings<T> {
    const used = new Set(inUse.flatMap(({ named }) => named.map(({ path }) => path)));
    return new Map([...readings].filter(([path]) => used.has(path)));
  }
}

/** Names and commands of macros in all catalogs: those of a hundred companies, and a fifth of an isolate. */
const MOST_MACROS = 200_000;
/** What one of them takes: an object of four or five fields, and what it refers to. These three were measured in V8. */
const BYTES_A_COMMAND = 128;
/** What a macro takes besides its commands. */
const BYTES_A_MACRO = 352;
/** Texts of attribute and macro files are held as they are, in two bytes a character at most. */
const BYTES_A_CHARACTER = 2;

function bytesHeld({ attributes, images, macroFiles, inForce, macros }: KeptReadings): number {
  const texts = new Set([
    ...[...attributes.values()].map(({ now }) => now),
    ...[...inForce.values()].map(({ file }) => file),
    ...[...macroFiles.values()].flatMap(({ now, good }) => [now, good]),
  ]);
  const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0);
  return (
    sum([...images.values()].map(({ good }) => good?.bytes ?? 0)) +
    sum([...texts].map((text) => (text?.bytes ?? 0) * BYTES_A_CHARACTER)) +
    sum([...macroFiles.values()].map(({ good }) => (good?.definitions.length ?? 0) * BYTES_A_MACRO)) +
    sum([...macros.values()].map(({ defined }) => defined.held * BYTES_A_COMMAND))
  );
}

/** That of the default catalog first, so that nothing can crowd it out. */
function attributeFilesIn(files: ReadonlyMap<string, CatalogFile>): readonly string[] {
  const paths = [...files.keys()].filter((path) => isAttributeFile(path) && path !== DEFAULT_FILE).sort();
  return files.has(DEFAULT_FILE) ? [DEFAULT_FILE, ...paths] : paths;
}

function isFatal({ weight }: FileProblem): boolean {
  return weight === "file";
}

/** Problems in one sentence that are told of a broken catalog. */
const MOST_IN_SENTENCE = 3;

function sentence(problems: readonly FileProblem[]): string {
  const told = problems.slice(0, MOST_IN_SENTENCE).map(describeFileProblem);
  const more = problems.length - told.length;
  return told.join("; ") + (more > 0 ? `; and ${more} more` : "");
}

/** A file that two catalogs share has its problems once. */
function onlyOnce(problems: readonly FileProblem[]): readonly FileProblem[] {
  return [...new Map(problems.map((problem) => [describeFileProblem(problem), problem])).values()];
}
