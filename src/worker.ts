import { isAttributeFile, namesIn } from "./catalog/files/attribute-file.ts";
import { readCatalogs } from "./catalog/read-catalogs.ts";
import { Fault } from "./faults.ts";
import { consume } from "./jobs/consume.ts";
import type { SaveJob } from "./jobs/save-job.ts";
import { MODULES } from "./modules.ts";
import { engineOf } from "./render/engine.ts";
import { CatalogHolder } from "./resolve/catalogs.ts";
import { handle, refuseWithoutSettings } from "./serve/handle.ts";
import type { Bulk, QueuedSave } from "./serve/jobs/bulk.ts";
import { faultOf } from "./serve/replies.ts";
import type { Site } from "./serve/site.ts";
import type { Telemetry } from "./serve/telemetry.ts";
import type { Visit } from "./serve/visit.ts";
import { readSettings } from "./settings/settings.ts";
import { r2CatalogFiles } from "./store/catalog-files.ts";

/** The bindings of wrangler.toml; what else is in the environment are settings (`settings/`). */
export interface Env {
  readonly SOURCES: R2Bucket;
  readonly SAVES: R2Bucket;
  readonly SAVE_TOKEN?: string;
  readonly SIGN_KEY?: string;
  readonly SAVE_EVENTS?: AnalyticsEngineDataset;
  readonly SAVE_QUEUE?: Queue<QueuedSave>;
  readonly SAVE_JOBS?: DurableObjectNamespace<SaveJob>;
  readonly ASSETS?: Fetcher;
}

export { SaveJob } from "./jobs/save-job.ts";

/** One an isolate: its kernels, codecs and memory are shared by all requests. */
const engine = engineOf(MODULES);

const CATALOG_READER = { read: readCatalogs, isAttributeFile, namesIn };

/**
 * Settings are read once an environment; a broken one is reported at every request until it is mended. Catalogs are refreshed as
 * these say.
 */
const sites = new WeakMap<Env, Site>();

function siteOf(env: Env): Site {
  const known = sites.get(env);
  if (known !== undefined) return known;
  for (const bucket of ["SOURCES", "SAVES"] as const) {
    if (env[bucket] === undefined) throw new Fault("settings", `${bucket}: wants an R2 bucket, got no binding`);
  }
  const settings = readSettings({ ...env });
  const telemetry = telemetryOf(env);
  const site: Site = {
    settings,
    catalogs: new CatalogHolder(r2CatalogFiles(env.SOURCES), settings, telemetry.log, CATALOG_READER),
    sources: env.SOURCES,
    saves: env.SAVES,
    saveToken: env.SAVE_TOKEN,
    signKey: env.SIGN_KEY,
    engine,
    telemetry,
    bulk: bulkOf(env),
    assets: env.ASSETS,
  };
  sites.set(env, site);
  return site;
}

function telemetryOf({ SAVE_EVENTS }: Env): Telemetry {
  return { log: (line) => console.log(line), saveEvents: SAVE_EVENTS };
}

function bulkOf({ SAVE_QUEUE: queue, SAVE_JOBS: jobs }: Env): Bulk | undefined {
  if (queue === undefined || jobs === undefined) return undefined;
  return { queue, job: (id) => jobs.getByName(id) };
}

export default {
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const visit: Visit = {
      request,
      arrived: Date.now(),
      hungUp: request.signal,
      keepAlive: (work) => context.waitUntil(work),
    };
    try {
      return await handle(visit, siteOf(env));
    } catch (thrown) {
      return await refuseWithoutSettings(visit, faultOf(thrown), telemetryOf(env));
    }
  },

  async queue(batch: MessageBatch, env: Env, context: ExecutionContext): Promise<void> {
    await consume(batch, siteOf(env), context);
  },
} satisfies ExportedHandler<Env>;
