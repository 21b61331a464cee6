import { expect } from "vitest";
import type { Site } from "../../src/serve/site.ts";
import { askPath } from "./paths.ts";

export interface ListedObject {
  readonly key: string;
  readonly size: number;
  readonly uploaded: string;
  readonly etag: string;
  readonly type: string;
  readonly width?: number;
  readonly height?: number;
}

export interface List {
  readonly objects: readonly ListedObject[];
  readonly cursor?: string;
}

export async function listOf(path: string, on: Site): Promise<List> {
  const reply = await askPath(path, {}, on);
  expect([path, reply.status]).toEqual([path, 200]);
  return reply.json();
}

/** The keys of all pages. */
export async function keysOfAll(path: string, limit: number, on: Site): Promise<readonly string[]> {
  const keys: string[] = [];
  let cursor: string | undefined = "";
  while (cursor !== undefined) {
    const query: string = `${path.includes("?") ? "&" : "?"}limit=${limit}&cursor=${encodeURIComponent(cursor)}`;
    const page: List = await listOf(path + query, on);
    expect(page.objects.length).toBeLessThanOrEqual(limit);
    keys.push(...page.objects.map(({ key }) => key));
    // Each page begins behind the one before it: else there would be no end.
    if (page.cursor !== undefined) expect(page.cursor > cursor).toBe(true);
    cursor = page.cursor;
  }
  return keys;
}
