import { Fault } from "../../faults.ts";
import type { CatalogSite } from "../site.ts";

/** Said only to who may manage: others do not learn whether anybody may. */
export function refuseUnlessManaged({ settings }: Pick<CatalogSite, "settings">): void {
  if (!settings.ManageSources) throw new Fault("managingOff");
}
