import { catalogSiteOf } from "../catalog-site.ts";
import type { CatalogSite } from "../site.ts";
import type { Patient } from "./check.ts";

/** The site as a request finds it that names no catalog. */
export async function defaultSiteOf({ server, catalogs }: Pick<Patient, "server" | "catalogs">): Promise<CatalogSite> {
  return catalogSiteOf("", await catalogs, server);
}
