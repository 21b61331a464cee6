import { expect } from "vitest";
import type { Site } from "../../../src/serve/site.ts";
import { pngOf, quarters } from "../../support/charts.ts";
import { buckets, site } from "../../support/site.ts";
import { askPath } from "../paths.ts";

/** 60 × 40 pixels. */
export const PNG = Uint8Array.from(pngOf(quarters(60, 40)));
const OTHER = Uint8Array.from(pngOf(quarters(30, 30)));
export const on = site({ ManageSources: "1" });

/** Leaves one source, there.png, in both buckets. */
export async function oneSource(): Promise<void> {
  for (const bucket of [buckets.SOURCES, buckets.SAVES])
    await bucket.delete((await bucket.list()).objects.map(({ key }) => key));
  await buckets.SOURCES.put("there.png", OTHER);
}

export type Headers = Readonly<Record<string, string>>;

/** A PUT of these bytes. */
export function putInit(
  bytes: Uint8Array,
  headers: Headers = {},
  body: BodyInit = Uint8Array.from(bytes),
): RequestInit {
  return { method: "PUT", body, headers: { "Content-Length": String(bytes.length), ...headers } };
}

export interface Answer {
  readonly status: number;
  readonly error?: string;
  readonly message?: string;
}

export async function put(key: string, init = putInit(PNG), at: Site = on): Promise<Answer> {
  const reply = await askPath(`/is/sources/${key}`, init, at);
  return { status: reply.status, ...((await reply.json()) as object) };
}

/** Key → version, which R2 makes anew at each write. */
export const contents = async (bucket = buckets.SOURCES) =>
  Object.fromEntries((await bucket.list()).objects.map(({ key, version }) => [key, version]));

/** That a source was refused with this, and that nothing has changed in either bucket. */
export async function refused(error: string, key: string, init = putInit(PNG), at: Site = on): Promise<Answer> {
  const before = [await contents(), await contents(buckets.SAVES)];
  const answer = await put(key, init, at);
  expect(answer).toMatchObject({ error, message: expect.any(String) });
  expect([await contents(), await contents(buckets.SAVES)]).toEqual(before);
  return answer;
}
