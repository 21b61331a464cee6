import { expect } from "vitest";
import type { Site } from "../../src/serve/site.ts";
import { pngOf, quarters } from "./charts.ts";
import { SIGN_KEY } from "./signing.ts";
import { ask, buckets, properties, savedKeys, site } from "./site.ts";

/** A save to be let through or refused; `saveable` makes that nothing else stands in its way. */
export const SAVE = "quarters?wid=9&req=saveToFile&name=a.jpg";
const KEY = "renditions/a.jpg";

/** The same as a form, anew for each request. */
export function saveForm(): URLSearchParams {
  return new URLSearchParams({ wid: "9", req: "saveToFile", name: "a.jpg" });
}

/** Puts the source and the folder of `SAVE` where they belong, and nothing into the folder. */
export async function saveable(): Promise<void> {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(20, 20)));
  await buckets.SAVES.delete(KEY);
  await buckets.SAVES.put("renditions/", new Uint8Array());
}

/**
 * With which code a save was refused, in the words of a save, leaving the bucket as it was; undefined where it was
 * done, which is undone.
 */
export async function saveError(path: string, init: RequestInit, on: Site): Promise<string | undefined> {
  const before = await savedKeys();
  const reply = await ask(path, init, on);
  const { status, error } = await properties(reply);
  expect([reply.status, status]).toEqual(error === undefined ? [200, "done"] : [403, "failed"]);
  if (error === undefined) await buckets.SAVES.delete(KEY);
  expect(await savedKeys()).toEqual(before);
  return error;
}

/** A site whose saves are signed, with `SIGN_KEY`. */
export function signedSite(vars: Readonly<Record<string, string>> = {}, parts: Partial<Site> = {}): Site {
  return site({ SaveAccess: "signed", ...vars }, { signKey: SIGN_KEY, ...parts });
}
