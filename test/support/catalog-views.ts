import type { CatalogView, RecordTexts } from "../../src/protocol/catalog-view.ts";
import { defineMacros, type UnknownMacro } from "../../src/protocol/macros.ts";
import type { ReadContext } from "../../src/protocol/read.ts";

/** A record as a test writes it. */
export type TestRecord = Partial<Pick<RecordTexts, "modifier" | "postModifier" | "fields" | "broken">>;

export interface TestCatalog {
  readonly records?: Readonly<Record<string, TestRecord>>;
  /** By name, in the order of their definitions. */
  readonly macros?: Readonly<Record<string, string>>;
}

/** By their RootIds; "" is the default catalog. */
export type TestCatalogs = Readonly<Record<string, TestCatalog>>;

/**
 * What a request for a path sees of these catalogs, by the rules of look-up that matter to texts: the path chooses the main
 * catalog; objects are those of the main catalog, or of the one with whose RootId they begin, or else of the default one.
 */
export function viewOf(catalogs: TestCatalogs, path: string): CatalogView {
  const main = rootIdOf(path, catalogs);
  const rest = main === "" ? path : path.slice(main.length + 1);
  const isAlone = main !== "" && rest === "";
  return {
    ...(isAlone ? { isCatalogAlone: isAlone } : {}),
    macros: macrosOf(main, catalogs),
    ofPath: recordIn(main, rest, catalogs) ?? recordIn("", path, catalogs),
    named(object) {
      const name = object.replace(/^\//, "");
      const root = rootIdOf(name, catalogs);
      const places = [
        [object === name ? main : "", name],
        ...(root === "" ? [] : [[root, name.slice(root.length + 1)]]),
        ["", name],
      ] as const;
      return places
        .map(([rootId, id]) => recordIn(rootId ?? "", id ?? "", catalogs))
        .find((found) => found !== undefined);
    },
    nested: (inner) => viewOf(catalogs, inner),
  };
}

export function readingWith(catalogs: TestCatalogs, path: string, unknownMacro: UnknownMacro = "error"): ReadContext {
  return { catalogs: viewOf(catalogs, path), unknownMacro };
}

function rootIdOf(path: string, catalogs: TestCatalogs): string {
  const first = path.split("/")[0] ?? "";
  return Object.hasOwn(catalogs, first) ? first : "";
}

function macrosOf(rootId: string, catalogs: TestCatalogs) {
  const definitions = [...new Set(["", rootId])].flatMap((id) => Object.entries(catalogs[id]?.macros ?? {}));
  return defineMacros(definitions).macros;
}

function recordIn(rootId: string, id: string, catalogs: TestCatalogs): RecordTexts | undefined {
  const records = catalogs[rootId]?.records ?? {};
  const record = Object.hasOwn(records, id) ? records[id] : undefined;
  if (record === undefined) return undefined;
  const line = Object.keys(records).indexOf(id) + 2;
  return {
    name: rootId === "" ? id : `${rootId}/${id}`,
    catalog: rootId,
    macros: macrosOf(rootId, catalogs),
    modifier: record.modifier,
    postModifier: record.postModifier,
    fields: record.fields ?? "",
    broken: record.broken,
    place: `${rootId || "default"}.txt:${line}`,
  };
}
