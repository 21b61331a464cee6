import { readObjectPath } from "../../../src/protocol/path.ts";
import { encodeValue } from "../../../src/protocol/percent.ts";
import { isWrong, shown } from "../../../src/protocol/problem.ts";
import { contentOf } from "./command-texts.ts";
import { type Inspector, imageRows, isFound, pathOf, standingRecords } from "./inspection.ts";

/** Records without a picture that are neither templates nor image sets. */
export const inspectPaths: Inspector = function* (inspection) {
  for (const { catalog, id, file, row } of standingRecords(inspection)) {
    if (row.texts.has("path") || row.texts.has("imageset")) continue;
    const path = pathOf(catalog, id);
    const place = { file, ...row.placeOf("id") };
    if (!row.texts.has("modifier")) {
      yield { ...place, weight: "entry", says: `${id} has no Path, and no Modifier that would make it a template` };
      continue;
    }
    const content = contentOf(path, inspection.viewOf(path));
    if (content === "nothing") {
      const says = `${id} has no Path, and its Modifier says nothing of layer 0: as a template it has no picture`;
      yield { ...place, weight: "note", says };
    } else if (content === "unbuilt") {
      const says = `${id} has no picture of its own, and layer 0 of colour, text or nested requests is not built yet`;
      yield { ...place, weight: "entry", says };
    }
  }
};

/** Ids that no request comes upon: of several records of one id the last counts, and a RootId before them all. */
export const inspectShadows: Inspector = function* (inspection) {
  for (const catalog of inspection.all) {
    for (const file of inspection.filesOf(catalog, "CatalogFile")) {
      for (const [line, row] of imageRows(inspection, file)) {
        const id = row.texts.get("id") ?? "";
        const counts = catalog.records.find(id);
        // Within one file reading it has said so.
        if (counts === undefined || counts.file === file) continue;
        const says = `${shown(id)} stands in ${counts.file} as well, at line ${counts.line}: that one counts`;
        yield { file, line, column: row.placeOf("id").column, weight: "note", says };
      }
    }
  }
  for (const { catalog, id, file, row } of standingRecords(inspection)) {
    const path = pathOf(catalog, id);
    const refused = refusedInPaths(path);
    if (refused !== undefined) {
      yield {
        file,
        ...row.placeOf("id"),
        weight: "note",
        says: `${shown(id)} cannot stand in a path: it wants ${refused}`,
      };
      continue;
    }
    if (isFound(inspection, catalog, id)) continue;
    const { ofPath } = inspection.viewOf(path);
    const found = ofPath === undefined ? "no record" : `that of ${ofPath.name}`;
    const says = `${shown(id)} is not found by the path ${path}, which is ${found}: a RootId comes before an id`;
    yield { file, ...row.placeOf("id"), weight: "note", says };
  }
};

/** What the path of a URL would have to be instead; undefined where it can be this one. Source: protocol.md 1.3, 2.5. */
function refusedInPaths(path: string): string | undefined {
  const read = readObjectPath(path.split("/").map(encodeValue).join("/"));
  if (isWrong(read)) return read.wanted;
  return read === path ? undefined : "no empty elements, and letters with their accents in NFC";
}
