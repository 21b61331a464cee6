import { lookedUp } from "./looked-up.ts";

/** What is listed of a bucket. */
export interface Listing {
  /** Every key begins with it. */
  readonly prefix: string;
  /** Only what comes behind this key; from the beginning where absent. */
  readonly after?: string | undefined;
  /** Objects, 1 … 1000. */
  readonly limit: number;
  /** The folder, ending in a slash, in which everything is hidden, "" where the object alone is; undefined where it is shown. */
  hides(key: string): string | undefined;
}

export interface ListedPage {
  readonly objects: readonly R2Object[];
  /** The next page is what comes behind this; undefined where there is none. */
  readonly after: string | undefined;
}

/** How often the bucket is asked for one page: what is hidden may fill several of its own. */
const MOST_CALLS = 10;
/** Behind everything that a folder holds. */
const LAST = "\u{10ffff}";

/**
 * A page of the objects of a bucket, by their keys. It may have fewer than the limit, or none, and others behind it all the same.
 *
 * Pages are told by keys and not by R2's cursors, so that a hidden folder is stepped over, however much it holds.
 * @throws Fault `storage`, or the signal's reason
 */
export async function listed(bucket: R2Bucket, listing: Listing, signal: AbortSignal): Promise<ListedPage> {
  const { prefix, limit, hides } = listing;
  const objects: R2Object[] = [];
  let { after } = listing;
  for (let calls = 0; calls < MOST_CALLS; calls++) {
    const options: R2ListOptions = {
      prefix,
      limit,
      include: ["httpMetadata", "customMetadata"],
      ...(after !== undefined && { startAfter: after }),
    };
    const page = await lookedUp(() => bucket.list(options), "what there is", signal);
    let hidden: string | undefined;
    for (const object of page.objects) {
      if (objects.length === limit) return { objects, after };
      hidden = hides(object.key);
      after = object.key;
      if (hidden === undefined) objects.push(object);
    }
    if (!page.truncated) return { objects, after: undefined };
    if (objects.length === limit) return { objects, after };
    if (hidden === undefined || hidden === "") continue;
    // All that is asked for lies in it.
    if (prefix.startsWith(hidden)) return { objects, after: undefined };
    // Never backwards: a key in it may lie behind what is taken as its last one.
    const behind = hidden + LAST;
    if (after === undefined || behind > after) after = behind;
  }
  return { objects, after };
}
