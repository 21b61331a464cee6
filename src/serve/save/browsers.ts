import { Fault } from "../../faults.ts";
import type { Settings } from "../../settings/settings.ts";
import { listedOrigin } from "./cors.ts";

/** Headers by which browsers say that nobody has asked for this yet. */
const PREFETCH_HEADERS = ["Sec-Purpose", "Purpose", "X-Moz"];

/** Refuses what a browser fetches in case somebody will ask for it. Source: save-contract "The request". */
export function refusePrefetch({ headers }: Request): void {
  if (PREFETCH_HEADERS.some((name) => /\bprefetch\b/i.test(headers.get(name) ?? ""))) throw new Fault("savePrefetch");
}

/** Refuses what a page of another site, or an `<img>`, has led a browser to. Source: save-contract "Browsers". */
export function refuseOtherSites(request: Request, settings: Settings): void {
  const { headers } = request;
  const crossSite = headers.get("Sec-Fetch-Site")?.toLowerCase() === "cross-site";
  const asImage = headers.get("Sec-Fetch-Dest")?.toLowerCase() === "image";
  // A page that SaveOrigins lists is cross-site by nature; an <img> is nobody's deliberate act, wherever it stands.
  if (asImage || (crossSite && listedOrigin(request, settings) === undefined)) throw new Fault("saveFromBrowser");
}
