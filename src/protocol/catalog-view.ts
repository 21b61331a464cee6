import type { Macros } from "./macros.ts";

/** A record, as far as it says commands. */
export interface RecordTexts {
  /** How messages name it: `acme/shoe`. */
  readonly name: string;
  /** RootId of its catalog, "" of the default one: `src=` and `mask=` of one layer have the same. */
  readonly catalog: string;
  /** The macros that its texts may call: those of its catalog. */
  readonly macros: Macros;
  readonly modifier: string | undefined;
  readonly postModifier: string | undefined;
  /** Commands that its other fields stand for, weaker than all others: `anchor=10,20&printRes=300`; "" for none. */
  readonly fields: string;
  /** A field that cannot be read, because of which it is not used. */
  readonly broken: BrokenField | undefined;
  /** Where it stands: a file and a line. Told only to those who may know, by `writeOrigins`. */
  readonly place: string;
}

export interface BrokenField {
  readonly field: string;
  readonly wanted: string;
  readonly got: string;
  /** Where it stands for a whole catalog of which nothing can be used: why. For its operator alone. */
  readonly brokenCatalog?: string;
}

/** The catalogs as one request sees them, whose path has chosen its main catalog. Pure: everything has been loaded. */
export interface CatalogView {
  /** Those that the client's own modifiers may call. */
  readonly macros: Macros;
  /** The record that the path of the request names; undefined for a file. */
  readonly ofPath: RecordTexts | undefined;
  /** The path names a catalog and nothing in it: there is no object. */
  readonly isCatalogAlone?: true;
  /** The record that `src=`, `mask=` or `template=` names. */
  named(object: string): RecordTexts | undefined;
  /** As a request nested in this one sees them, whose path this is, decoded. */
  nested(path: string): CatalogView;
}

/** Where there are no catalogs. */
export function withoutCatalogs(macros: Macros): CatalogView {
  const view: CatalogView = { macros, ofPath: undefined, named: () => undefined, nested: () => view };
  return view;
}
