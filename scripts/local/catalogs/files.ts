import {
  type AttributeFile,
  DEFAULT_FILE,
  isAttributeFile,
  readAttributeFile,
} from "../../../src/catalog/files/attribute-file.ts";
import { decodedStrictly, isUtf8 } from "../../../src/catalog/files/encoding.ts";
import { foreignEncoding } from "../../../src/catalog/files/text.ts";
import type { CatalogFile } from "../../../src/catalog/read-catalogs.ts";
import { FileText } from "./file-text.ts";
import type { Finding } from "./finding.ts";

/** What is to be said about files as such: which of them are read, and in which encoding. */
export function* inspectFiles(files: readonly CatalogFile[]): Iterable<Finding> {
  const attributeFiles = files.filter(({ path }) => isAttributeFile(path));
  if (attributeFiles.length === 0) {
    const says = `wants an attribute file, e.g. ${DEFAULT_FILE}, in this folder, got none: no catalog is read`;
    yield { file: DEFAULT_FILE, line: 1, column: 1, weight: "file", says };
  }
  const named = new Set(attributeFiles.flatMap((file) => [file.path, ...allNamed(readAttributeFile(file))]));
  for (const file of files) {
    if (named.has(file.path.normalize("NFC"))) yield* inspectEncoding(file);
    else
      yield { file: file.path, line: 1, column: 1, weight: "note", says: "no attribute file names it: it is not read" };
  }
}

/** Files that are only kept are named as well. */
function allNamed({ named, values }: AttributeFile): readonly string[] {
  const { SvgCatalogFile = [], StaticContentCatalogFile = [], FontMapFile, IccProfileMapFile, RuleSetFile } = values;
  const others = [...SvgCatalogFile, ...StaticContentCatalogFile, FontMapFile, IccProfileMapFile, RuleSetFile];
  return [...named.map(({ path }) => path), ...others.flatMap((path) => path ?? [])];
}

/** Without its mark UTF-8 is read as something else, and so is what Windows writes. Source: protocol.md 6.1. */
function* inspectEncoding({ path, bytes }: CatalogFile): Iterable<Finding> {
  if (isUtf8(bytes) || foreignEncoding(bytes) !== undefined) return;
  const high = bytes.findIndex((byte) => byte >= 0x80);
  if (high < 0) return;
  const text = new FileText({ bytes });
  const note = (at: number, says: string): Finding => ({ file: path, ...text.placeOf(at), weight: "note", says });
  if (decodedStrictly(bytes) !== undefined) {
    yield note(high, "reads as ISO-8859-1; it looks like UTF-8 without its mark EF BB BF");
    return;
  }
  const control = bytes.findIndex((byte) => byte >= 0x80 && byte <= 0x9f);
  if (control >= 0) yield note(control, "reads as ISO-8859-1, which has no letters here; it looks like windows-1252");
}
