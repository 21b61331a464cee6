import { randomBytes } from "../../support/random.ts";
import { buckets, site } from "../../support/site.ts";

export const serving = site({ ServeSaved: "1" });
export const BYTES = randomBytes(20_000, 1);
/** What of /is/content has those bytes. */
export const FILE = "/is/content/spring/hero.jpg";
export const CACHE = "public, max-age=7";

/** Puts that file where it was saved, and others that are not to be served. */
export async function stored(): Promise<void> {
  const options = { httpMetadata: { contentType: "image/jpeg", cacheControl: CACHE } };
  await buckets.SAVES.put("renditions/spring/hero.jpg", BYTES, options);
  await buckets.SAVES.put("renditions/", "");
  await buckets.SAVES.put("renditions/spring/", "");
  await buckets.SAVES.put("renditions/.provenance/0abc", "a secret of the server");
  await buckets.SAVES.put("renditions/.provenance/0abc.jpg", "a secret of the server");
  await buckets.SAVES.put("renditions/page.html", "<script>alert(1)</script>");
  await buckets.SAVES.put("renditions/plain.png", "who knows");
  await buckets.SAVES.put("elsewhere/hero.jpg", "not below SavePath");
  await buckets.SAVES.put("hero.jpg", "not below SavePath");
}
