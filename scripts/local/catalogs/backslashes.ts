import { type Inspector, standingRecords } from "./inspection.ts";

const SAYS = "a backslash is a character here, and separates no folders";

/** Paths of files as Windows writes them: that of a key is another one. */
export const inspectBackslashes: Inspector = function* (inspection) {
  for (const catalog of inspection.all) {
    const given = inspection.attributesOf(catalog).get("rootpath");
    if (given?.value.includes("\\") !== true) continue;
    const { file, line, column } = given;
    yield { file, line, column, weight: "note", says: `RootPath: ${SAYS}` };
  }
  for (const { file, row } of standingRecords(inspection)) {
    for (const field of ["Path", "MaskPath"]) {
      if (row.texts.get(field.toLowerCase())?.includes("\\") !== true) continue;
      yield { file, ...row.placeOf(field.toLowerCase()), weight: "note", says: `${field}: ${SAYS}` };
    }
  }
};
