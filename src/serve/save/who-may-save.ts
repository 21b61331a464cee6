import type { Settings } from "../../settings/settings.ts";
import type { CatalogSite } from "../site.ts";
import type { Visit } from "../visit.ts";
import { refuseOtherSites, refusePrefetch } from "./browsers.ts";
import { refuseUnsigned } from "./signature.ts";
import { refuseWithoutToken } from "./token.ts";

/** Who may save is known by one of these. */
const ACCESS: Readonly<Record<Settings["SaveAccess"], (visit: Visit, site: CatalogSite) => Promise<void>>> = {
  token: refuseWithoutToken,
  signed: refuseUnsigned,
  public: async () => {},
};

/**
 * Refuses a save that does not come from somebody who may save, before anything is looked up: strangers learn neither
 * by words nor by time what there is.
 *
 * That the request is a save was decided from the parsed request, never from the URL's text.
 * Source: save-contract "The request", "Who may save", "Browsers".
 */
export async function refuseStrangers(visit: Visit, site: CatalogSite): Promise<void> {
  const { request } = visit;
  const { settings } = site;
  refusePrefetch(request);
  // Whoever signed a URL meant it to be followed, from wherever that is.
  if (settings.SaveAccess !== "signed") refuseOtherSites(request, settings);
  await ACCESS[settings.SaveAccess](visit, site);
}
