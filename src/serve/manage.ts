import { refuseOutsiders } from "./address-filter.ts";
import { refuseOtherSites, refusePrefetch } from "./save/browsers.ts";
import { refuseWithoutToken } from "./save/token.ts";
import type { Site } from "./site.ts";
import type { Visit } from "./visit.ts";

/**
 * Refuses who may not manage: list what there is, put sources, give whole lists to be saved. It is for whoever has the secret
 * SAVE_TOKEN, or for everybody where everybody may save; a signed URL gives leave for one save, and for nothing else.
 */
export async function refuseUnmanaged(visit: Visit, server: Site): Promise<void> {
  const { request } = visit;
  const { settings } = server;
  refuseOutsiders(request, settings);
  refusePrefetch(request);
  refuseOtherSites(request, settings);
  if (settings.SaveAccess !== "public") await refuseWithoutToken(visit, server);
}
