import { buckets } from "../site.ts";

export const NAME = "a.png";
export const KEY = `renditions/${NAME}`;
/** What is there before a save, in some scenarios, and what somebody else puts there. */
export const OLD = new TextEncoder().encode("what was there before");
export const SOMEBODY_ELSES = new TextEncoder().encode("of somebody else");

export type Prior = "nothing" | "an old object";
export const PRIORS: readonly Prior[] = ["nothing", "an old object"];

/** An object, read again from the bucket. */
export interface Stored {
  /** R2 makes it anew at each write. */
  readonly version: string;
  readonly etag: string;
  readonly uploaded: Date;
  readonly type: string | undefined;
  readonly bytes: Uint8Array;
}

/** All of the bucket of saves: the versions of what is there, and all of the object that scenarios write. */
export interface Contents {
  readonly versions: ReadonlyMap<string, string>;
  readonly object: Stored | undefined;
}

export async function stored(key: string): Promise<Stored | undefined> {
  const object = await buckets.SAVES.get(key);
  if (object === null) return undefined;
  const { version, etag, uploaded, httpMetadata } = object;
  const bytes = new Uint8Array(await object.arrayBuffer());
  return { version, etag, uploaded, type: httpMetadata?.contentType, bytes };
}

export async function contents(): Promise<Contents> {
  const { objects } = await buckets.SAVES.list();
  return { versions: new Map(objects.map(({ key, version }) => [key, version])), object: await stored(KEY) };
}

/** Whether the folder of the key has a marker object, or is known by what lies in it. */
export type Folder = "marked" | "unmarked";

const MARKER = "renditions/";
const NEIGHBOUR = "renditions/beside.png";

/** Leaves the folder, a neighbour, and at the key what is said. */
export async function prepare(prior: Prior, folder: Folder = "marked"): Promise<void> {
  const { objects } = await buckets.SAVES.list();
  const keys = objects.map(({ key }) => key);
  const wanted = folder === "marked" ? [MARKER, NEIGHBOUR] : [NEIGHBOUR];
  const superfluous = keys.filter((key) => !wanted.includes(key));
  if (superfluous.length > 0) await buckets.SAVES.delete(superfluous);
  for (const key of wanted) if (!keys.includes(key)) await buckets.SAVES.put(key, "there to be left alone");
  if (prior === "an old object") await buckets.SAVES.put(KEY, OLD);
}
