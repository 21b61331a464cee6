/** What a client says of the copy that it has. */
export interface CachedCopy {
  /** Tags as they stand in `If-None-Match`, without marks of weakness; undefined where there is no such header. */
  readonly tags: readonly string[] | undefined;
  /** `If-Modified-Since`, in milliseconds since 1970; it counts only where there are no tags. */
  readonly since: number | undefined;
}

/** Only GET and HEAD are conditional. Source: RFC 9110, 13.1.2, 13.1.3; protocol.md 7.6. */
export function cachedCopyOf({ method, headers }: Pick<Request, "method" | "headers">): CachedCopy {
  if (method === "POST") return { tags: undefined, since: undefined };
  const tags = headers
    .get("If-None-Match")
    ?.split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""));
  const since = Date.parse(headers.get("If-Modified-Since") ?? "");
  return { tags, since: tags !== undefined || Number.isNaN(since) ? undefined : since };
}

/**
 * @param digest 32 hex digits: of the bytes, or of all that decides about them
 * @param key as `replyKey` gives it, shortened
 */
export function entityTag(digest: string, key: string): string {
  return `"${digest}-${key}"`;
}

/** Whether the client has just this one. */
export function hasTag({ tags = [] }: CachedCopy, tag: string): boolean {
  return tags.includes("*") || tags.includes(tag);
}

/**
 * The tag of a copy that came about in the same way, whatever its bytes were; undefined where the client has none. Not `*`: that asks
 * whether there is a picture, which takes a look.
 */
export function tagWithKey({ tags = [] }: CachedCopy, key: string): string | undefined {
  return tags.find((tag) => tag.endsWith(`-${key}"`) && /^"[\da-f]{32}-[\da-f]{8}"$/.test(tag));
}

/** Whether nothing has changed since the client got its copy, to the second. */
export function isUnmodified({ since }: CachedCopy, lastModified: number | undefined): boolean {
  return since !== undefined && lastModified !== undefined && Math.floor(lastModified / 1000) * 1000 <= since;
}
