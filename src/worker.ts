import { Fault } from "./faults.ts";
import { MODULES } from "./modules.ts";
import { engineOf } from "./render/engine.ts";
import { handle, refuseWithoutSettings } from "./serve/handle.ts";
import { faultOf } from "./serve/replies.ts";
import type { Site } from "./serve/site.ts";
import type { Telemetry } from "./serve/telemetry.ts";
import type { Visit } from "./serve/visit.ts";
import { readSettings } from "./settings/settings.ts";
import { tracedSettings } from "./settings/traced.ts";

/** The bindings of wrangler.toml; what else is in the environment are settings (`settings/`). */
export interface Env {
  readonly SOURCES: R2Bucket;
  readonly SAVES: R2Bucket;
  readonly SAVE_TOKEN?: string;
  readonly SIGN_KEY?: string;
  readonly SAVE_EVENTS?: AnalyticsEngineDataset;
}

/** One an isolate: its kernels, codecs and memory are shared by all requests. */
const engine = engineOf(MODULES);

/** Settings are read once an environment; a broken one is reported at every request until it is mended. */
const sites = new WeakMap<Env, Site>();

function siteOf(env: Env): Site {
  const known = sites.get(env);
  if (known !== undefined) return known;
  for (const bucket of ["SOURCES", "SAVES"] as const) {
    if (env[bucket] === undefined) throw new Fault("settings", `${bucket}: wants an R2 bucket, got no binding`);
  }
  const settings = readSettings({ ...env });
  const site: Site = {
    settings,
    tracedSettings: tracedSettings(settings),
    sources: env.SOURCES,
    saves: env.SAVES,
    saveToken: env.SAVE_TOKEN,
    signKey: env.SIGN_KEY,
    engine,
    telemetry: telemetryOf(env),
  };
  sites.set(env, site);
  return site;
}

function telemetryOf({ SAVE_EVENTS }: Env): Telemetry {
  return { log: (line) => console.log(line), saveEvents: SAVE_EVENTS };
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
} satisfies ExportedHandler<Env>;
