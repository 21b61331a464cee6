import { env } from "cloudflare:workers";
import { MODULES } from "../../src/modules.ts";
import { engineOf } from "../../src/render/engine.ts";
import { handle } from "../../src/serve/handle.ts";
import type { Site } from "../../src/serve/site.ts";
import type { Visit } from "../../src/serve/visit.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { type CatalogSpec, catalogs, held } from "./catalogs.ts";
import { noCatalogs } from "./hand-made-catalogs.ts";

/** The local buckets that the tests' Worker is bound to. */
export const buckets = env as unknown as { readonly SOURCES: R2Bucket; readonly SAVES: R2Bucket };

const engine = engineOf(MODULES);

/** A site on the local buckets that lets everybody save and tells everything. */
export function site(vars: Readonly<Record<string, string>> = {}, parts: Partial<Site> = {}): Site {
  const settings = readSettings({ SavePath: "renditions", SaveAccess: "public", ErrorDetail: "2", ...vars });
  return {
    settings,
    catalogs: held(noCatalogs(settings.Macros)),
    sources: buckets.SOURCES,
    saves: buckets.SAVES,
    saveToken: undefined,
    signKey: undefined,
    engine,
    telemetry: { log: () => {}, saveEvents: undefined },
    ...parts,
  };
}

/** Asks a site for what stands behind /is/image/. */
export function ask(path: string, init: RequestInit = {}, on: Site = site()): Promise<Response> {
  return handle(visit(path, init), on);
}

/** A visit of a client that stays. */
export function visit(path: string, init: RequestInit = {}, parts: Partial<Visit> = {}): Visit {
  const request = new Request(`https://pictures.example/is/image/${path}`, init);
  return { request, arrived: Date.now(), hungUp: new AbortController().signal, keepAlive: () => {}, ...parts };
}

/** The properties of an answer, and its first line. */
export async function properties(reply: Response): Promise<Record<string, string>> {
  const [outcome = "", date = "", ...lines] = (await reply.text()).split("\n");
  const pairs = lines.filter((line) => line !== "").map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]);
  return { outcome, date, ...Object.fromEntries(pairs) };
}

/** Every key of the bucket of saves with its etag: what must not change when a save is refused. */
export async function savedKeys(): Promise<Record<string, string>> {
  const { objects } = await buckets.SAVES.list();
  return Object.fromEntries(objects.map(({ key, etag }) => [key, etag]));
}

/** A site with these catalogs: `default`, and others by their RootIds. */
export function siteWith(
  specs: Readonly<Record<string, CatalogSpec>>,
  vars: Readonly<Record<string, string>> = {},
  parts: Partial<Site> = {},
): Site {
  return site(vars, { catalogs: held(catalogs(specs)), ...parts });
}
