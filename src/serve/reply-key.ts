import type { ImageRequest } from "../protocol/request.ts";
import { writeRequest } from "../protocol/write.ts";
import { VERSION } from "../version.ts";
import type { FoundSources } from "./found-sources.ts";
import { hex } from "./hex.ts";
import type { CatalogSite } from "./site.ts";

/** Hex digits. A tag is compared with those of one URL, of which nobody has many. */
const KEY_DIGITS = 8;
/** As many as those of an MD5, so that all tags have one form. */
const DIGEST_DIGITS = 32;

/** How a reply comes about, as far as it is known before a file is looked at. */
export interface ReplyKey {
  /** Eight hex digits. */
  readonly short: string;
  /** Of which they are the first. */
  readonly whole: string;
}

/**
 * What decides about a reply besides the bytes of its sources: the request that macros, records and templates have completed,
 * where catalogs say that its sources lie, what records say that is no command, the settings, and the program.
 *
 * Source: protocol.md 7.6, 7.7, "a change of Modifier invalidates".
 */
export async function replyKey(
  asked: ImageRequest,
  { picture, mask, isOwnMask, resolution }: FoundSources,
  { tracedSettings }: Pick<CatalogSite, "tracedSettings">,
): Promise<ReplyKey> {
  const whole = await sha256([
    VERSION,
    writeRequest(asked),
    picture,
    mask ?? null,
    isOwnMask,
    resolution,
    tracedSettings,
  ]);
  return { short: whole.slice(0, KEY_DIGITS), whole };
}

/**
 * Thirty-two hex digits in place of a digest of the reply's bytes, where these are not there as a whole: of all that decides
 * about them. The same bytes are made of it every time.
 *
 * @param etags of its sources
 * @param memory what catalogs leave of the budget: where there is less of it, an output may be another one
 */
export async function originDigest({ whole }: ReplyKey, etags: readonly string[], memory: number): Promise<string> {
  return (await sha256([whole, memory, ...etags])).slice(0, DIGEST_DIGITS);
}

async function sha256(decisive: readonly unknown[]): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(decisive))));
}
