import type { Catalogs } from "../../catalog/catalog.ts";
import { Fault } from "../../faults.ts";
import { isImageName } from "../../protocol/formats.ts";
import { readObject } from "../../protocol/path.ts";
import { savePlace } from "../../store/save-key.ts";
import { refuseOutsiders } from "../address-filter.ts";
import { catalogSiteOf, refuseBroken, refuseWithoutCatalog, withoutRecords } from "../catalog-site.ts";
import { foundSources } from "../found-sources.ts";
import { refuseProblems } from "../incoming.ts";
import { readWith } from "../readings.ts";
import { faultOf, messageOf } from "../replies.ts";
import type { Site } from "../site.ts";
import { unwrapped } from "../unwrap.ts";
import { type Entry, invalid, placedUrl } from "./entries.ts";

/** A save that can be understood, and where it goes. */
interface CheckedSave {
  /** Path and query. */
  readonly url: string;
  readonly key: string;
}

/** A message should not be as long as the list: so many entries are complained of by name. */
const MOST_COMPLAINTS = 10;
const LONGEST_COMPLAINT = 300;
/** Between two looks at what else there is to do. */
const AT_A_TIME = 100;

/**
 * The URLs of a job, each of them a save that can be understood, to a key of its own. No bucket is asked.
 *
 * @throws Fault `jobInvalid` that names what is wrong with which entries, by their places from 0
 */
export async function checkedUrls(
  entries: readonly (Entry | undefined)[],
  client: Request,
  catalogs: Catalogs,
  server: Site,
): Promise<readonly string[]> {
  const urls: string[] = [];
  const complaints: string[] = [];
  let wrong = 0;
  /** By their keys. */
  const places = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    if (index % AT_A_TIME === AT_A_TIME - 1) await scheduler.wait(0);
    try {
      const { url, key } = checkedSave(entry, client, catalogs, server);
      const other = places.get(key);
      // R2 takes one write a second to a key, and nobody could say which of them stays.
      if (other !== undefined) throw invalid(`wants a name of its own, got that of [${other}]`);
      places.set(key, index);
      urls.push(url);
    } catch (thrown) {
      const fault = faultOf(thrown);
      const says = fault.code === "jobInvalid" ? fault.detail : messageOf(fault, server.settings.ErrorDetail);
      wrong++;
      if (complaints.length < MOST_COMPLAINTS) complaints.push(`[${index}]: ${says?.slice(0, LONGEST_COMPLAINT)}`);
    }
  }
  if (wrong > complaints.length) complaints.push(`and ${wrong - complaints.length} more`);
  if (wrong > 0) throw invalid(complaints.join("; "));
  return urls;
}

/**
 * Reads a save as a request of it would be read, in the catalog that its path names. Whether it is one, the client's own text
 * decides, as there.
 *
 * @throws Fault saying why it could not be saved
 */
function checkedSave(entry: Entry | undefined, client: Request, catalogs: Catalogs, server: Site): CheckedSave {
  if (entry === undefined) throw invalid('wants a string, or { "url": string, "name": string }');
  const { pathname, search } = placedUrl(entry, server.settings);
  const object = readObject(pathname);
  if (object === undefined) throw new Fault("contextUnknown");
  const site = catalogSiteOf(object, catalogs, server);
  const { settings, view } = site;
  refuseOutsiders(client, settings);
  refuseBroken(site);
  const query = search.slice(1);
  const modifiers = query === "" ? "" : unwrapped(query, settings);
  const { req } = readWith(withoutRecords(view), object, modifiers, settings).request;
  if (req?.type !== "saveToFile") throw invalid("wants req=saveToFile and name=, or a name beside the URL");
  const asked = readWith(view, object, modifiers, settings);
  refuseProblems(asked.problems);
  refuseWithoutCatalog(site);
  const { key } = savePlace(asked.request.name, settings, isImageName);
  foundSources(asked, site);
  return { url: pathname + search, key };
}
