import { ATTRIBUTES, type AttributeName, type AttributeValues } from "../../src/catalog/attributes.ts";
import type { Catalog, Catalogs } from "../../src/catalog/catalog.ts";
import type { CatalogRecord, CatalogRecords } from "../../src/catalog/record.ts";
import { RECORD_FIELDS, type RecordFieldName, type RecordFields } from "../../src/catalog/records/fields.ts";
import type { Reader } from "../../src/protocol/grammar/grammar.ts";
import { defineMacros, type Macros } from "../../src/protocol/macros.ts";
import { isWrong } from "../../src/protocol/problem.ts";
import type { Settings } from "../../src/settings/settings.ts";
import { noCatalogs, recordsFrom } from "./hand-made-catalogs.ts";

/** A catalog as a test writes it: values as they stand in its files. */
export interface CatalogSpec {
  readonly attributes?: { readonly [N in AttributeName]?: string };
  /** By their ids. */
  readonly records?: Readonly<Record<string, { readonly [N in RecordFieldName]?: string }>>;
  /** By their names, in the order in which one may call another. */
  readonly macros?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly fileTime?: number;
  readonly broken?: string;
}

/** Catalogs as a reader of files would make them: `default`, and others by their RootIds. */
export function catalogs(specs: Readonly<Record<string, CatalogSpec>>, bytes = 0): Catalogs {
  const { default: fallback = {}, ...others } = specs;
  const own = Object.entries(others).map(([rootId, spec]) => [rootId, catalog(rootId, spec, fallback)] as const);
  return { default: catalog("", fallback), byRootId: new Map(own), bytes };
}

/** What a picture is looked up with where there are no catalogs. */
export function withoutAny(settings: Settings) {
  const none = noCatalogs(settings.Macros);
  return { settings, serverSettings: settings, main: none.default, catalogs: none };
}

/** A source of these catalogs, whoever asks. */
export function held(loaded: Catalogs): { readonly current: () => Promise<Catalogs> } {
  return { current: async () => loaded };
}

function catalog(rootId: string, spec: CatalogSpec, fallback: CatalogSpec = {}): Catalog {
  const { records = {}, fileTime = 0, broken } = spec;
  return {
    rootId,
    attributes: valuesOf({ ...fallback.attributes, ...spec.attributes }, ATTRIBUTES) as AttributeValues,
    records: recordsOf(records, rootId),
    macros: macrosOf({ ...fallback.macros, ...spec.macros }),
    fileTime,
    ...(broken === undefined ? {} : { broken }),
  };
}

type Rows = Readonly<Record<string, { readonly grammar: Reader<unknown> }>>;

function valuesOf(texts: Readonly<Record<string, string | undefined>>, rows: Rows): Readonly<Record<string, unknown>> {
  const values = Object.entries(texts).map(([name, text = ""]) => {
    const value = rows[name]?.grammar.read(text);
    if (value === undefined || isWrong(value)) throw new Error(`${name}: ${JSON.stringify(value)}`);
    return [name, value] as const;
  });
  return Object.fromEntries(values);
}

function macrosOf(bodies: Readonly<Record<string, string>>): Macros {
  const { macros, problems } = defineMacros(Object.entries(bodies));
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return macros;
}

function recordsOf(records: NonNullable<CatalogSpec["records"]>, rootId: string): CatalogRecords {
  const read = Object.entries(records).map(([id, texts], at): CatalogRecord => {
    const fields = valuesOf(texts, RECORD_FIELDS) as RecordFields;
    return { id, fields, problems: [], file: `${rootId}/images.txt`, line: at + 2 };
  });
  return recordsFrom(read);
}
