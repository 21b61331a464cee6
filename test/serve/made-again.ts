import type { Site } from "../../src/serve/site.ts";
import { SAVE_ID } from "../../src/store/own-object.ts";
import { ask, buckets, properties, site } from "../support/site.ts";

/** The folder into which pictures are made again. */
const AGAIN = "again";

export interface SavedObject {
  readonly bytes: Uint8Array;
  /** Without `save-id`, which no two saves share. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly contentType: string | undefined;
}

export async function savedObject(key: string): Promise<SavedObject> {
  const object = await buckets.SAVES.get(key);
  if (object === null) throw new Error(`${key} is not there`);
  const { [SAVE_ID]: _, ...metadata } = object.customMetadata ?? {};
  const bytes = new Uint8Array(await object.arrayBuffer());
  return { bytes, metadata, contentType: object.httpMetadata?.contentType };
}

/** A text of the metadata: there itself, or by its hash; undefined where there is neither. */
export async function tracedText(
  { metadata }: SavedObject,
  name: "request" | "settings",
  root = "renditions",
): Promise<string | undefined> {
  const hash = metadata[`${name}-sha256`];
  if (hash === undefined || metadata[name] !== undefined) return metadata[name];
  return new TextDecoder().decode((await savedObject(`${root}/.provenance/${hash}`)).bytes);
}

/** In hex digits. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Saves a picture once more under another name, knowing nothing but what its object says of its origin: no name, and so no
 * extension, is known that could decide anything. On a site whose settings are those of the metadata and defaults else.
 *
 * @param parts the catalogs that there were, where there were any
 */
export async function madeAgain(of: SavedObject, parts: Partial<Site> = {}): Promise<SavedObject> {
  const request = (await tracedText(of, "request")) ?? "";
  const vars = Object.fromEntries(new URLSearchParams(await tracedText(of, "settings")));
  const on = site({ ...vars, SavePath: AGAIN, CreateFolders: "1" }, parts);
  const [path = "", query = ""] = request.split(/\?(.*)/s);
  // A form, since a request may be longer than a URL.
  const body = `${query}&req=saveToFile&name=copy`;
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const answer = await properties(await ask(path, { method: "POST", body, headers }, on));
  if (answer.status !== "done") throw new Error(`not made again: ${answer.error} ${answer.message}: ${request}`);
  return savedObject(`${AGAIN}/copy`);
}
