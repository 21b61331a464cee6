import type { ImageRequest } from "../protocol/request.ts";
import { writeRequest } from "../protocol/write.ts";
import { VERSION } from "../version.ts";
import type { FoundSources } from "./found-sources.ts";
import { hex } from "./hex.ts";
import type { CatalogSite } from "./site.ts";

/** Of a SHA-256. A tag is compared with those of one URL, of which nobody has many. */
const KEY_BYTES = 4;

/**
 * What decides about a reply besides the bytes of its sources, as eight hex digits: the request that macros, records and
 * templates have completed, where catalogs say that its sources lie, what records say that is no command, the settings, and
 * the program. It is known before a file is looked at.
 *
 * Source: protocol.md 7.6, 7.7, "a change of Modifier invalidates".
 */
export async function replyKey(
  asked: ImageRequest,
  { picture, mask, isOwnMask, resolution }: FoundSources,
  { tracedSettings }: Pick<CatalogSite, "tracedSettings">,
): Promise<string> {
  const decisive = [VERSION, writeRequest(asked), picture, mask ?? null, isOwnMask, resolution, tracedSettings];
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(decisive)));
  return hex(digest.slice(0, KEY_BYTES));
}
