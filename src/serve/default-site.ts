import { catalogSiteOf, refuseBroken } from "./catalog-site.ts";
import { refuseUnmanaged } from "./manage.ts";
import type { CatalogSite, Site } from "./site.ts";
import type { Visit } from "./visit.ts";

/** The site as the default catalog has it: for what names no catalog, and asks for no picture. */
export async function defaultSite(server: Site, signal: AbortSignal): Promise<CatalogSite> {
  return catalogSiteOf("", await server.catalogs.current(signal), server);
}

/**
 * The same, for who may manage.
 *
 * @throws Fault where the visit is somebody's who may not, before anything else is said; `catalogBroken` where nobody knows what
 * the default catalog says of its folders
 */
export async function managedSite(visit: Visit, server: Site, signal: AbortSignal): Promise<CatalogSite> {
  const site = await defaultSite(server, signal);
  await refuseUnmanaged(visit, { ...server, settings: site.settings });
  refuseBroken(site);
  return site;
}
