import type { Macros } from "../../protocol/macros.ts";
import type { Catalog, Catalogs } from "../catalog.ts";
import { describeFileProblem, type FileProblem } from "../file-problem.ts";
import { DEFAULT_FILE } from "../files/attribute-file.ts";
import { type FileMacros, type MacroFile, macrosOfFile } from "../files/macro-file.ts";
import { type ImageData, recordsOf } from "../records/image-data.ts";
import type { FileReader } from "./file-readings.ts";
import { type InForce, rootIdOf } from "./in-force.ts";
import { inherited, passedOn } from "./inheritance.ts";
import type { PartsMaker } from "./kept-parts.ts";

/** An attribute file of which nothing is in force. */
export interface BrokenFile {
  readonly path: string;
  /** Undefined where it cannot be known. */
  readonly rootId: string | undefined;
  readonly reason: string;
}

interface DataFiles {
  readonly images: FileReader<ImageData>;
  readonly macroFiles: FileReader<MacroFile>;
}

interface Assembled extends Pick<Catalogs, "default" | "byRootId"> {
  readonly problems: readonly FileProblem[];
}

/**
 * Puts catalogs together from the files that are in force.
 *
 * @param isFirst nothing was in force before: only then does a file of which nobody knows whose it is break all catalogs
 */
export function assemble(
  chosen: ReadonlyMap<string, InForce>,
  broken: readonly BrokenFile[],
  files: DataFiles,
  { macros: given, mostTold }: { readonly macros: Macros; readonly mostTold?: number },
  parts: PartsMaker,
  isFirst: boolean,
): Assembled {
  const problems: FileProblem[] = [];
  const first = chosen.get(DEFAULT_FILE);
  const main = first === undefined ? { ...NO_CATALOG, macros: given } : catalogOf("", first);
  const byRootId = new Map<string, Catalog>();
  for (const [path, is] of chosen) {
    const rootId = rootIdOf(path, is);
    if (path !== DEFAULT_FILE) byRootId.set(rootId, catalogOf(rootId, is, main));
  }
  for (const [rootId, reasons] of reasonsByRootId(broken)) {
    if (byRootId.has(rootId)) continue;
    const attributes = passedOn(main.attributes);
    byRootId.set(rootId, { ...NO_CATALOG, rootId, attributes, macros: main.macros, broken: reasons.join("; ") });
  }
  return { ...allOrNone(), problems };

  /** @param below the default catalog, which itself has none below it */
  function catalogOf(rootId: string, { file, written }: InForce, below?: Catalog): Catalog {
    const data = file.named.filter(({ attribute }) => attribute === "CatalogFile").map(({ path }) => path);
    const macroFile = file.named.find(({ attribute }) => attribute === "MacroFile")?.path;
    const { macros, problems: found } = macrosOf(macroFile, below);
    for (const problem of found) problems.push(problem);
    const unusable = found.filter(({ weight }) => weight === "file");
    return {
      rootId,
      attributes: below === undefined ? file.values : inherited(file.values, below.attributes),
      records: parts.recordsOf(
        data,
        data.flatMap((path) => files.images.of(path).good ?? []),
        recordsOf,
      ),
      macros,
      fileTime: Math.max(
        written,
        ...data.map((path) => files.images.of(path).written),
        macroFile === undefined ? 0 : files.macroFiles.of(macroFile).written,
      ),
      ...(unusable.length > 0 && { broken: unusable.map(describeFileProblem).join("; ") }),
    };
  }

  function macrosOf(path: string | undefined, below?: Catalog): Pick<FileMacros, "macros" | "problems"> {
    const base = below?.macros ?? given;
    const file = path === undefined ? undefined : files.macroFiles.of(path).good;
    if (file === undefined) return { macros: base, problems: [] };
    // The same file is other macros on top of others.
    const define = (macros: MacroFile, on: Macros, most: number) => macrosOfFile(macros, on, most, mostTold);
    return parts.macrosOf(`${below === undefined ? "default" : "other"} ${path}`, file, base, define);
  }

  function allOrNone(): Pick<Catalogs, "default" | "byRootId"> {
    const unknown = broken.find(({ path, rootId }) => path === DEFAULT_FILE || rootId === undefined);
    const reason = (isFirst ? unknown?.reason : undefined) ?? main.broken;
    if (reason === undefined) return { default: main, byRootId };
    const all = [...byRootId].map(([rootId, catalog]) => [rootId, { broken: reason, ...catalog }] as const);
    return { default: { broken: reason, ...main }, byRootId: new Map(all) };
  }
}

/** Several may have claimed the same one. */
function reasonsByRootId(broken: readonly BrokenFile[]): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>();
  for (const { path, rootId, reason } of broken) {
    if (path === DEFAULT_FILE || rootId === undefined) continue;
    reasons.set(rootId, [...(reasons.get(rootId) ?? []), reason]);
  }
  return reasons;
}

/** One of which nothing is known. */
const NO_CATALOG: Omit<Catalog, "macros"> = { rootId: "", attributes: {}, records: recordsOf([]), fileTime: 0 };
