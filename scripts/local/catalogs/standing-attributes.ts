import type { Catalog } from "../../../src/catalog/catalog.ts";
import { DEFAULT_FILE } from "../../../src/catalog/files/attribute-file.ts";
import { attributeLines, type Place } from "../../../src/catalog/files/attribute-lines.ts";
import { unquoted } from "../../../src/catalog/files/quoted-text.ts";
import type { FileText } from "./file-text.ts";

/** An attribute as it stands in a file. */
export interface StandingAttribute extends Place {
  readonly file: string;
  /** Without its quotation marks. */
  readonly value: string;
}

/** The attributes of one file, by names in lower case. */
export type StandingAttributes = ReadonlyMap<string, StandingAttribute>;

/** What a file of attributes gives; of one that stands there twice the last. */
export function attributesIn(file: string, { text }: FileText): StandingAttributes {
  const attributes = new Map<string, StandingAttribute>();
  for (const line of attributeLines(text)) {
    if (line.name === undefined) continue;
    const value = unquoted(line.value) ?? line.value;
    attributes.set(line.name.toLowerCase(), { file, ...line.placeOf(0), value });
  }
  return attributes;
}

/** Those of a catalog's own file; of the default catalog those of `default.ini`. */
export function ownAttributes({ rootId }: Catalog, files: Iterable<StandingAttributes>): StandingAttributes {
  for (const attributes of files) {
    const [first] = attributes.values();
    const isDefault = first?.file === DEFAULT_FILE;
    if (rootId === "" ? isDefault : !isDefault && attributes.get("rootid")?.value === rootId) return attributes;
  }
  return new Map();
}
