import type { AttributeValues } from "../../src/catalog/attributes.ts";
import type { Catalog, Catalogs } from "../../src/catalog/catalog.ts";
import type { LookUpDefaults } from "../../src/catalog/look-up.ts";
import type { CatalogRecord } from "../../src/catalog/record.ts";
import type { RecordFields } from "../../src/catalog/records/fields.ts";
import { defineMacros } from "../../src/protocol/macros.ts";
import { catalogOf, recordsFrom } from "./hand-made-catalogs.ts";

/** A catalog as a test writes it down, in place of files. */
export interface HandMade {
  readonly attributes?: AttributeValues;
  /** Their fields by their ids; a text is a Path. */
  readonly records?: Readonly<Record<string, RecordFields | string>>;
  readonly macros?: Readonly<Record<string, string>>;
  /** Ids of records whose Anchor cannot be read. */
  readonly unreadable?: readonly string[];
  readonly broken?: string;
}

/** A catalog whose records stand in `<rootId>.txt`, from line 2. */
export function handMade(rootId: string, made: HandMade = {}): Catalog {
  const { attributes = {}, records = {}, macros = {}, unreadable = [], broken } = made;
  const file = `${rootId || "default"}.txt`;
  const read = Object.entries(records).map(([id, fields], at): CatalogRecord => {
    const line = at + 2;
    const problem = { file, line, column: 1, about: "Anchor", wanted: "x,y", got: "left", weight: "entry" } as const;
    const problems = unreadable.includes(id) ? [problem] : [];
    return { id, fields: typeof fields === "string" ? { Path: fields } : fields, problems, file, line };
  });
  return catalogOf({
    rootId,
    attributes,
    records: recordsFrom(read),
    macros: defineMacros(Object.entries(macros)).macros,
    ...(broken !== undefined && { broken }),
  });
}

/** Catalogs by their RootIds; that by "" is the default one. */
export function handMadeCatalogs(made: Readonly<Record<string, HandMade>>): Catalogs {
  const others = Object.entries(made).filter(([rootId]) => rootId !== "");
  return {
    default: handMade("", made[""]),
    byRootId: new Map(others.map(([rootId, one]) => [rootId, handMade(rootId, one)])),
    bytes: 0,
  };
}

/** What counts where no catalog says anything. */
export const DEFAULTS: LookUpDefaults = {
  RootPath: "",
  DefaultExt: "",
  FullMatch: false,
  AllowDirectAccess: new Set(["IS"]),
  PrintResolution: 0,
};
