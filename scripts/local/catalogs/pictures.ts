import type { FoundObject } from "../../../src/catalog/look-up.ts";
import { shown } from "../../../src/protocol/problem.ts";
import { keysOf } from "../../../src/resolve/source-keys.ts";
import { objectsNamed } from "./command-texts.ts";
import type { Finding } from "./finding.ts";
import {
  type Inspection,
  type Inspector,
  isFound,
  pathOf,
  placeInRow,
  type StandingRecord,
  standingRecords,
} from "./inspection.ts";

const PICTURES = ["Path", "MaskPath"] as const;
const ATTRIBUTES = ["DefaultImage", "ErrorImage"] as const;

/** What says that something is not among the pictures; undefined of what is. */
type Missing = (path: string | undefined, found: FoundObject) => string | undefined;

/** Pictures and masks that are not among these files: of records, of their Modifiers, and of attributes. */
export function picturesAmong(sources: ReadonlySet<string>): Inspector {
  const missing: Missing = (path, { catalog }) => {
    if (path === undefined) return undefined;
    const keys = keysOf({ path, DefaultExt: catalog.attributes.DefaultExt ?? "" });
    const isThere = keys.some((key) => sources.has(key));
    return isThere ? undefined : `there is no such picture: looked for ${keys.map(shown).join(", ")}`;
  };
  return function* (inspection) {
    yield* ofAttributes(inspection, missing);
    for (const record of standingRecords(inspection)) {
      // What another record is found for is said elsewhere.
      if (!isFound(inspection, record.catalog, record.id)) continue;
      yield* ofFields(inspection, record, missing);
      yield* ofModifier(inspection, record, missing);
    }
  };
}

function* ofAttributes(inspection: Inspection, missing: Missing): Iterable<Finding> {
  for (const catalog of inspection.all) {
    const lines = inspection.attributesOf(catalog);
    for (const name of ATTRIBUTES) {
      const given = lines.get(name.toLowerCase());
      if (given === undefined || given.value === "") continue;
      const { file, line, column, value } = given;
      const found = inspection.lookUp(value, catalog);
      const says = found.record === undefined ? missing(found.picture, found) : undefined;
      if (says !== undefined) yield { file, line, column, weight: "entry", says: `${name}: ${says}` };
    }
  }
}

function* ofFields(inspection: Inspection, record: StandingRecord, missing: Missing): Iterable<Finding> {
  const { catalog, id, file, row } = record;
  const found = inspection.lookUp(id, catalog);
  for (const field of PICTURES) {
    const says = missing(field === "Path" ? found.picture : found.mask, found);
    if (says === undefined) continue;
    yield { file, ...row.placeOf(field.toLowerCase()), weight: "entry", says: `${field}: ${says}` };
  }
}

function* ofModifier(inspection: Inspection, record: StandingRecord, missing: Missing): Iterable<Finding> {
  const { catalog, id, file, row } = record;
  for (const { command, object, at } of objectsNamed(inspection.viewOf(pathOf(catalog, id)))) {
    const found = inspection.lookUp(object, catalog);
    const says = found.record === undefined ? missing(found.picture, found) : undefined;
    if (says === undefined) continue;
    const place = placeInRow(inspection, file, row, "Modifier", at);
    yield { file, ...place, weight: "entry", says: `Modifier: ${command}: ${says}` };
  }
}
