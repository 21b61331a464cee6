import { CLIENT_ADDRESS } from "../serve/address-filter.ts";
import type { QueuedSave } from "../serve/jobs/bulk.ts";
import { ORIGIN } from "../serve/jobs/entries.ts";
import { signedUrl } from "../serve/save/signing.ts";
import type { Site } from "../serve/site.ts";
import type { Visit } from "../serve/visit.ts";
import type { Settings } from "../settings/settings.ts";

/** Seconds: it is used at once. */
const SIGNED_LIFE = 60;

/**
 * With what a save is let in, by `SaveAccess`. Whether it may be was found out when the job was begun; here the Worker has the
 * secrets itself and shows them at its own door, so that there is no other one.
 */
const ADMITTED: Readonly<Record<Settings["SaveAccess"], (url: URL, arrived: number, site: Site) => Promise<Request>>> =
  {
    async token(url, _, { saveToken }) {
      return new Request(url, saveToken ? { headers: { Authorization: `Bearer ${saveToken}` } } : {});
    },
    async signed(url, arrived, { settings, signKey }) {
      const expires = Math.floor(arrived / 1000) + Math.min(SIGNED_LIFE, settings.MaxSignedLife);
      return new Request(signKey ? await signedUrl(url, expires, signKey) : url);
    },
    async public(url) {
      return new Request(url);
    },
  };

/** The visit that a save out of the queue makes: that of the client who has asked for it, who does not hang up. */
export async function visitOf(
  { url, from }: QueuedSave,
  site: Site,
  context: { waitUntil(work: Promise<unknown>): void },
): Promise<Visit> {
  const arrived = Date.now();
  const request = await ADMITTED[site.settings.SaveAccess](new URL(ORIGIN + url), arrived, site);
  if (from !== "") request.headers.set(CLIENT_ADDRESS, from);
  return { request, arrived, hungUp: new AbortController().signal, keepAlive: (work) => context.waitUntil(work) };
}
