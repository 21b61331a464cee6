import type { CatalogView, RecordTexts } from "../protocol/catalog-view.ts";
import { coord } from "../protocol/grammar/geometry.ts";
import type { Catalog, Catalogs } from "./catalog.ts";
import { type FoundObject, type LookUpDefaults, lookUp, type MainCatalog, mainCatalogOf } from "./look-up.ts";
import type { CatalogRecord } from "./record.ts";

/**
 * The main catalog of a path, and the catalogs as a request by that path sees them.
 *
 * @param path decoded; "" where it is no name of an object
 * Source: protocol.md 1.8, 2.5.
 */
export function viewOf(
  path: string,
  catalogs: Catalogs,
  defaults: LookUpDefaults,
): { readonly main: MainCatalog; readonly view: CatalogView } {
  const main = mainCatalogOf(path, catalogs, defaults);
  return { main, view: viewIn(main, path, catalogs, defaults) };
}

function viewIn(
  { catalog, rest }: MainCatalog,
  path: string,
  catalogs: Catalogs,
  defaults: LookUpDefaults,
): CatalogView {
  const named = (object: string) => textsOf(lookUp(object, catalog, catalogs, defaults), defaults);
  return {
    macros: catalog.macros,
    ...(rest === "" && path !== "" ? { isCatalogAlone: true } : {}),
    /** Looked up when it is asked for: before, it may not be known who asks. */
    get ofPath() {
      return rest === "" ? undefined : named(path);
    },
    named,
    // Without a path there is nothing by which another catalog would be chosen.
    nested: (inner) =>
      inner === "" ? viewIn({ catalog, rest: "" }, "", catalogs, defaults) : viewOf(inner, catalogs, defaults).view,
  };
}

/** What a record says, or why nothing can be known of it; undefined for a file. */
function textsOf(found: FoundObject, defaults: LookUpDefaults): RecordTexts | undefined {
  const { object, catalog, record } = found;
  if (catalog.broken !== undefined) return outOf(catalog, catalog.broken, object);
  if (record === undefined) return undefined;
  const { Modifier, PostModifier } = record.fields;
  const [problem] = record.problems;
  return {
    name: nameIn(catalog, record.id),
    catalog: catalog.rootId,
    macros: catalog.macros,
    modifier: Modifier,
    postModifier: PostModifier,
    fields: fieldsOf(record, catalog, defaults),
    broken: problem && { field: problem.about, wanted: problem.wanted, got: problem.got },
    place: `catalogs/${record.file}, line ${record.line}`,
  };
}

/** Of a catalog whose files cannot be read. What is wrong with them is for its operator alone. */
function outOf({ rootId, macros }: Catalog, brokenCatalog: string, object: string): RecordTexts {
  return {
    name: object,
    catalog: rootId,
    macros,
    modifier: undefined,
    postModifier: undefined,
    fields: "",
    broken: { field: "catalog", wanted: "a catalog that can be read", got: rootId, brokenCatalog },
    place: "catalogs/",
  };
}

function nameIn({ rootId }: Catalog, id: string): string {
  return rootId === "" ? id : `${rootId}/${id}`;
}

/** Commands in place of fields. Source: protocol.md 1.8, 6.2, 6.4. */
function fieldsOf({ fields }: CatalogRecord, { attributes }: Catalog, defaults: LookUpDefaults): string {
  const { Anchor } = fields;
  const resolution = fields.PrintResolution || (attributes.PrintResolution ?? defaults.PrintResolution);
  return [
    ...(Anchor === undefined ? [] : [`anchor=${coord.write(Anchor)}`]),
    ...(resolution > 0 ? [`printRes=${resolution}`] : []),
  ].join("&");
}
