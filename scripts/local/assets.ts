import { join } from "node:path";
import type { unstable_readConfig } from "wrangler";
import { ROOT } from "./bundle.ts";

type WranglerConfig = ReturnType<typeof unstable_readConfig>;

/** The `[assets]` of wrangler.toml as the local runtime takes them; nothing where there are none. */
export function assetBindings({ assets: block }: WranglerConfig) {
  if (block?.binding === undefined || block.directory === undefined) return {};
  const { binding, directory, html_handling: htmlHandling, run_worker_first: runWorkerFirst } = block;
  const assets = {
    directory: join(ROOT, directory),
    hasUserWorker: true,
    ...(htmlHandling === undefined ? {} : { htmlHandling }),
    ...(runWorkerFirst === undefined ? {} : { runWorkerFirst }),
  };
  return { env: { [binding]: { type: "assets" as const } }, assets };
}
