import { codecsOf } from "./codec/codecs.ts";
import { Fault } from "./faults.ts";
import { MODULES } from "./modules.ts";
import { KernelPool } from "./pixels/pool.ts";
import type { Engine } from "./render/engine.ts";
import { handle, refuseWithoutSettings } from "./serve/handle.ts";
import { faultOf } from "./serve/replies.ts";
import type { Site } from "./serve/site.ts";
import type { Visit } from "./serve/visit.ts";
import { readSettings } from "./settings.ts";

/** The bindings of wrangler.toml; what else is in the environment are settings (`settings.ts`). */
export interface Env {
  readonly SOURCES: R2Bucket;
  readonly SAVES: R2Bucket;
  readonly SAVE_TOKEN?: string;
}

/** One an isolate: its kernels and codecs are shared by all requests. */
const engine: Engine = { codecs: codecsOf(MODULES), kernels: new KernelPool(MODULES.kernels) };

/** Settings are read once an environment; a broken one is reported at every request until it is mended. */
const sites = new WeakMap<Env, Site>();

function siteOf(env: Env): Site {
  const known = sites.get(env);
  if (known !== undefined) return known;
  for (const bucket of ["SOURCES", "SAVES"] as const) {
    if (env[bucket] === undefined) throw new Fault("settings", `${bucket}: wants an R2 bucket, got no binding`);
  }
  const site: Site = {
    settings: readSettings({ ...env }),
    sources: env.SOURCES,
    saves: env.SAVES,
    saveToken: env.SAVE_TOKEN,
    engine,
  };
  sites.set(env, site);
  return site;
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
      return refuseWithoutSettings(request, faultOf(thrown));
    }
  },
} satisfies ExportedHandler<Env>;
