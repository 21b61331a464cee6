import type { FoundObject } from "../catalog/look-up.ts";
import { type FoundSources, type LookUpSite, settingsFor } from "./found-sources.ts";

const SECONDS_AN_HOUR = 3600;
/** What "never expires" becomes in a header (protocol.md 7.6). */
const ONE_YEAR = 365 * 24 * SECONDS_AN_HOUR;

/** Of a record: that what its catalog says counts. Source: protocol.md 6.4, `Expiration`. */
const AS_ATTRIBUTE = -2;

/** Hours for which a picture may be cached: the least of all its sources; −1 is for ever. Source: protocol.md 7.6. */
export function lifeOf({ objects }: FoundSources, site: LookUpSite): number {
  return leastLife(objects.map((object) => ownLife(object) ?? settingsFor(object, site).Expiration));
}

/** The same of a default image, where its record says something; else `DefaultExpiration` counts. Source: protocol.md 7.5. */
export function ownLife({ record }: FoundObject): number | undefined {
  const hours = record?.fields.Expiration;
  return hours === AS_ATTRIBUTE ? undefined : hours;
}

/** For ever is longer than any other time. */
function leastLife(hours: readonly number[]): number {
  const finite = hours.filter((each) => each >= 0);
  return finite.length === 0 ? -1 : Math.min(...finite);
}

/** @param hours 0 expires at once, −1 never */
export function freshness(hours: number): Readonly<Record<string, string>> {
  const seconds = hours < 0 ? ONE_YEAR : Math.floor(hours * SECONDS_AN_HOUR);
  return {
    "Cache-Control": `public, max-age=${seconds}`,
    Expires: new Date(Date.now() + seconds * 1000).toUTCString(),
  };
}
