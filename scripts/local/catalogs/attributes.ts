import { Fault } from "../../../src/faults.ts";
import { shown } from "../../../src/protocol/problem.ts";
import { SETTINGS } from "../../../src/settings/settings.ts";
import { saveRoot } from "../../../src/store/save-key.ts";
import type { Inspector } from "./inspection.ts";

/** Attributes that name an object, and whether it must be a record. Source: protocol.md 6.2. */
const OBJECTS = [
  { name: "DefaultImage", mustBeRecord: false },
  { name: "ErrorImage", mustBeRecord: false },
  { name: "Watermark", mustBeRecord: true },
] as const;

/** Objects of attributes that no record has: notes, since a file may be meant, and Watermark is only kept. */
export const inspectObjects: Inspector = function* (inspection) {
  for (const catalog of inspection.all) {
    const lines = inspection.attributesOf(catalog);
    for (const { name, mustBeRecord } of OBJECTS) {
      const given = lines.get(name.toLowerCase());
      if (given === undefined || given.value === "") continue;
      const { file, line, column, value } = given;
      const { record, picture } = inspection.lookUp(value, catalog);
      if (record !== undefined) continue;
      const says = mustBeRecord
        ? `${name}: wants the id of a record, got ${shown(value)}`
        : `${name}: ${shown(value)} is no record: the file ${picture ?? value} is meant`;
      yield { file, line, column, weight: "note", says };
    }
  }
};

/** Folders below which nothing may be saved, whatever the name. */
export const inspectSavePaths: Inspector = function* (inspection) {
  for (const catalog of inspection.all) {
    const given = inspection.attributesOf(catalog).get("savepath");
    if (given === undefined || given.value === "") continue;
    const { file, line, column, value } = given;
    const refused = refusalOf(value);
    if (refused !== undefined) yield { file, line, column, weight: "entry", says: `SavePath: ${refused}` };
  }
};

/** As a save would be refused, with the SaveDirectory that settings have where they say nothing. */
function refusalOf(SavePath: string): string | undefined {
  try {
    saveRoot({ SaveDirectory: SETTINGS.SaveDirectory.default, SavePath });
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.detail ?? thrown.message;
    throw thrown;
  }
}
