import type { Catalog } from "../../../src/catalog/catalog.ts";
import { isAttributeFile, readAttributeFile } from "../../../src/catalog/files/attribute-file.ts";
import { readTable, type TableRow } from "../../../src/catalog/files/table.ts";
import { lookUp } from "../../../src/catalog/look-up.ts";
import { type CatalogFile, type CatalogReading, readCatalogs } from "../../../src/catalog/read-catalogs.ts";
import { viewOf } from "../../../src/catalog/view.ts";
import { readSettings } from "../../../src/settings/settings.ts";
import { inspectObjects, inspectSavePaths } from "./attributes.ts";
import { inspectBackslashes } from "./backslashes.ts";
import { inspectMacros, inspectRecordTexts } from "./commands.ts";
import { FileText } from "./file-text.ts";
import { inspectFiles } from "./files.ts";
import { type Finding, findingOf, inOrder } from "./finding.ts";
import type { Inspection, Inspector } from "./inspection.ts";
import { picturesAmong } from "./pictures.ts";
import { inspectPaths, inspectShadows } from "./records.ts";
import { attributesIn, ownAttributes, type StandingAttributes } from "./standing-attributes.ts";

const INSPECTORS: readonly Inspector[] = [
  inspectRecordTexts,
  inspectMacros,
  inspectObjects,
  inspectSavePaths,
  inspectPaths,
  inspectShadows,
  inspectBackslashes,
];

export interface Checked {
  readonly reading: CatalogReading;
  readonly findings: readonly Finding[];
}

/**
 * Reads catalog files as the Worker would, with settings at their defaults, and says everything that is to be said about them,
 * in the order of the files.
 *
 * @param sources the paths of all pictures, where these are to be looked for
 */
export function checkCatalogs(files: readonly CatalogFile[], sources?: ReadonlySet<string>): Checked {
  const settings = readSettings({});
  const reading = readCatalogs(files, { macros: settings.Macros, mostTold: Number.POSITIVE_INFINITY });
  const { catalogs, problems } = reading;
  const all = [catalogs.default, ...catalogs.byRootId.values()].filter(({ broken }) => broken === undefined);
  const inspection: Inspection = {
    catalogs,
    all,
    viewOf: (path) => viewOf(path, catalogs, settings).view,
    lookUp: (object, main) => lookUp(object, main, catalogs, settings),
    ...standing(files),
  };
  const inspectors = sources === undefined ? INSPECTORS : [...INSPECTORS, picturesAmong(sources)];
  return {
    reading,
    findings: inOrder([
      ...problems.map(findingOf),
      ...inspectFiles(files),
      ...inspectors.flatMap((inspect) => [...inspect(inspection)]),
    ]),
  };
}

/** The files as they stand; each is read when it is first asked for. */
function standing(files: readonly CatalogFile[]): Pick<Inspection, "attributesOf" | "filesOf" | "rowsOf" | "textOf"> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const texts = new Map<string, FileText>();
  const tables = new Map<string, ReadonlyMap<number, TableRow>>();
  const textOf = (path: string): FileText | undefined => {
    const file = byPath.get(path);
    if (file === undefined) return undefined;
    const text = texts.get(path) ?? new FileText(file);
    texts.set(path, text);
    return text;
  };
  const attributeFiles = files.flatMap(({ path }) => {
    const text = isAttributeFile(path) ? textOf(path) : undefined;
    return text === undefined ? [] : [attributesIn(path, text)];
  });
  const attributes = new Map<Catalog, StandingAttributes>();
  const attributesOf = (catalog: Catalog): StandingAttributes => {
    const own = attributes.get(catalog) ?? ownAttributes(catalog, attributeFiles);
    attributes.set(catalog, own);
    return own;
  };
  return {
    textOf,
    attributesOf,
    filesOf(catalog, attribute) {
      const [given] = attributesOf(catalog).values();
      const file = byPath.get(given?.file ?? "");
      const named = file === undefined ? [] : readAttributeFile(file).named;
      return [...new Set(named.flatMap((each) => (each.attribute === attribute ? [each.path] : [])))];
    },
    rowsOf(path, key, fields) {
      const file = byPath.get(path);
      if (file === undefined) return new Map();
      // A file may be image data to one catalog and, by mistake, macros to another.
      const table = `${key} ${path}`;
      const rows =
        tables.get(table) ?? new Map(Array.from(readTable(file, key, fields).rows, (row) => [row.line, row]));
      tables.set(table, rows);
      return rows;
    },
  };
}
