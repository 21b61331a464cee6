/**
 * `npm start [-- --port 8787]`: the Worker on local R2 with the sample pictures and catalogs in it, until Ctrl-C. What stands in
 * `.dev.vars`, settings and secrets, overrides what the local commands pass.
 */
import { parseArgs } from "node:util";
import { fail } from "./local/console.ts";
import { devVars } from "./local/dev-vars.ts";
import { LOCAL_STATE, seed } from "./local/seed.ts";
import { LOCAL_VARS, startLocal } from "./local/worker.ts";

const { values } = parseArgs({ options: { port: { type: "string", default: "8787" } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`--port: wants 0..65535, got ${values.port}`);

const SAMPLE_REQUESTS = ["atelier/port-d-été?$pdp-main$", "atelier/lantern/no-3?template=card"] as const;

/** How one saves, as a command for the shell, by `SaveAccess`. */
const SAVING: Readonly<Record<string, (url: string) => string>> = {
  public: (url) => `curl "${url}"`,
  token: (url) => `curl -H "Authorization: Bearer $SAVE_TOKEN" "${url}"`,
  signed: (url) => `curl "$(npm run -s sign -- "${url}")"`,
};

const vars: Readonly<Record<string, string>> = { ...LOCAL_VARS, ...devVars() };
const worker = await startLocal({ vars, persist: LOCAL_STATE, port });
const samples = await seed(worker);
const { origin } = worker.url;
const saving = SAVING[vars.SaveAccess ?? ""] ?? SAVING.public;
console.log(`
fixative is at ${origin}

  ${samples.map((name) => `${origin}/is/image/${name}?wid=400`).join("\n  ")}

By a catalog, with a preset, and in a template (scripts/samples/catalogs):

  ${SAMPLE_REQUESTS.map((path) => new URL(`/is/image/${path}`, origin)).join("\n  ")}

Save one:     ${saving?.(`${origin}/is/image/${samples[0]}?wid=800&req=saveToFile&name=first.jpg`)}
Your picture: npm run put -- photo.jpg

Ctrl-C ends it.`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  // Miniflare's own listener ends the process as if it had been killed; here Ctrl-C is how one is meant to end.
  process.removeAllListeners(signal);
  process.once(signal, async () => {
    await worker.stop();
    process.exit(0);
  });
}
