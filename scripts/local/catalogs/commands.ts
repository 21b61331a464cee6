import type { Catalog } from "../../../src/catalog/catalog.ts";
import { macroRemarks, recordTextRemarks, type TextRemark } from "./command-texts.ts";
import type { Finding } from "./finding.ts";
import { type Inspection, type Inspector, isFound, pathOf, placeInRow, standingRecords } from "./inspection.ts";

/** Modifier and PostModifier of every record, each read as a request reads it. */
export const inspectRecordTexts: Inspector = function* (inspection) {
  for (const { catalog, id, file, row } of standingRecords(inspection)) {
    // Another record answers to this path: that is said elsewhere.
    if (!isFound(inspection, catalog, id)) continue;
    const path = pathOf(catalog, id);
    const view = inspection.viewOf(path);
    for (const [field, text] of TEXTS) {
      for (const { at, weight, says } of recordTextRemarks(path, view, text, !row.texts.has("path"))) {
        yield { file, ...placeInRow(inspection, file, row, field, at), weight, says: `${field}: ${says}` };
      }
    }
  }
};

const TEXTS = [
  ["Modifier", "modifier"],
  ["PostModifier", "postModifier"],
] as const;

/** The macros of every catalog. */
export const inspectMacros: Inspector = function* (inspection) {
  for (const catalog of inspection.all) yield* macrosOf(catalog, inspection);
};

function* macrosOf(catalog: Catalog, inspection: Inspection): Iterable<Finding> {
  const [file] = inspection.filesOf(catalog, "MacroFile");
  if (file === undefined) return;
  const view = inspection.viewOf(catalog.rootId);
  for (const row of inspection.rowsOf(file, "Name", ["Definition"]).values()) {
    const body = row.texts.get("definition") ?? "";
    const name = row.texts.get("name") ?? "";
    for (const { at, weight, says } of macroRemarks(catalog.rootId, view, body) satisfies readonly TextRemark[]) {
      const place = placeInRow(inspection, file, row, "Definition", at);
      yield { file, ...place, weight, says: `macro ${name}: ${says}` };
    }
  }
}
