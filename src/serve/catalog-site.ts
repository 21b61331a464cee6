import type { Catalog, Catalogs } from "../catalog/catalog.ts";
import { viewOf } from "../catalog/view.ts";
import { Fault } from "../faults.ts";
import type { CatalogView } from "../protocol/catalog-view.ts";
import { isWrong, type Wrong } from "../protocol/problem.ts";
import { settingsOf } from "../settings/of-catalogs.ts";
import type { Settings } from "../settings/settings.ts";
import { tracedSettings } from "../settings/traced.ts";
import type { CatalogSite, Site } from "./site.ts";

/**
 * The site as a request finds it whose path this is: with its main catalog, and what that says about settings.
 *
 * @param object as the path was read; one that cannot be looked up begins with its catalog like any other
 * Source: protocol.md 1.13 (1), 2.5.
 */
export function catalogSiteOf(object: string | Wrong, catalogs: Catalogs, site: Site): CatalogSite {
  const path = isWrong(object) ? object.got : object;
  const { main, view } = viewOf(path, catalogs, site.settings);
  return {
    ...site,
    ...inForce(main.catalog, site.settings),
    serverSettings: site.settings,
    main: main.catalog,
    catalogs,
    view,
  };
}

/** The view of a client's own text: it knows macros, and of no record whether it exists. */
export function withoutRecords({ macros, isCatalogAlone, nested }: CatalogView): CatalogView {
  return {
    macros,
    ...(isCatalogAlone && { isCatalogAlone }),
    ofPath: undefined,
    named: () => undefined,
    nested: (path) => withoutRecords(nested(path)),
  };
}

/** @throws Fault `catalogBroken` where nothing of the catalog can be used */
export function refuseBroken({ main }: Pick<CatalogSite, "main">): void {
  if (main.broken !== undefined) throw new Fault("catalogBroken", main.broken);
}

/** @throws Fault `catalogWanted` where the path names no catalog, and has to */
export function refuseWithoutCatalog({ main, settings }: Pick<CatalogSite, "main" | "settings">): void {
  if (main.rootId === "" && !settings.AllowDefaultCatalogRequests) throw new Fault("catalogWanted");
}

interface InForce {
  readonly settings: Settings;
  readonly tracedSettings: string;
}

/** Catalogs are the same objects until their files change, and the settings of a server until it starts anew. */
const known = new WeakMap<Settings, WeakMap<Catalog, InForce>>();

/** The settings in force where a catalog is the main one. */
function inForce(main: Catalog, server: Settings): InForce {
  const ofServer = known.get(server) ?? new WeakMap<Catalog, InForce>();
  known.set(server, ofServer);
  const before = ofServer.get(main);
  if (before !== undefined) return before;
  const settings = settingsOf(main.attributes, server);
  const made = { settings, tracedSettings: tracedSettings(tracedOf(settings, server)) };
  ofServer.set(main, made);
  return made;
}

/**
 * With the catalogs that there were, a rendition is made again on a server of these settings. Sources may be of other catalogs
 * than the main one: what is looked up there and not found is the server's, which must not become what the main catalog says.
 */
function tracedOf(settings: Settings, { RootPath, DefaultExt, FullMatch, Resolution }: Settings): Settings {
  return { ...settings, RootPath, DefaultExt, FullMatch, Resolution };
}
