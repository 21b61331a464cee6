import { Log, LogLevel, Miniflare } from "miniflare";
import { unstable_readConfig } from "wrangler";
import { type BundledModule, bundleWorker, ROOT } from "./bundle.ts";

export interface LocalOptions {
  /** Added to the `[vars]` of wrangler.toml, and overriding them. */
  readonly vars?: Readonly<Record<string, string>>;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Where the local buckets are kept; in memory where absent. */
  readonly persist?: string;
  /** Bucket names by binding, instead of those of wrangler.toml. */
  readonly buckets?: Readonly<Record<string, string>>;
  /** Keeps what the Worker logs of each save to itself; errors are shown. */
  readonly quiet?: boolean;
  /** A bundle made before. */
  readonly modules?: readonly BundledModule[];
  /** Lets a debugger look into the process. */
  readonly inspected?: boolean;
}

export interface LocalBuckets {
  readonly sources: R2Bucket;
  readonly saves: R2Bucket;
  stop(): Promise<void>;
}

export interface LocalWorker extends LocalBuckets {
  readonly url: URL;
  /** Where a debugger finds all isolates of the process; undefined where it is not inspected. */
  readonly inspector: URL | undefined;
}

type R2Bucket = Awaited<ReturnType<Miniflare["getR2Bucket"]>>;

/** What local commands pass beside wrangler.toml: anybody on this machine may save, and errors tell everything. */
export const LOCAL_VARS = { SaveAccess: "public", ErrorDetail: "2" } as const;

/** Starts the published bundle in the local runtime, on local R2, configured by wrangler.toml. */
export async function startLocal(options: LocalOptions = {}): Promise<LocalWorker> {
  const miniflare = run(options.modules ?? bundleWorker(), options);
  const url = await miniflare.ready;
  const inspector = options.inspected === true ? await miniflare.getInspectorURL() : undefined;
  return { url, inspector, ...(await bucketsOf(miniflare)) };
}

/** Opens the local buckets alone, without the Worker. */
export async function openLocalBuckets(persist: string): Promise<LocalBuckets> {
  const nothing = { name: "worker.js", contents: Buffer.from("export default {}") };
  return bucketsOf(run([nothing], { persist }));
}

function errorsOnly({ level, message }: { readonly level: string; readonly message: string }): void {
  if (level === "error") console.error(message);
}

async function bucketsOf(miniflare: Miniflare): Promise<LocalBuckets> {
  return {
    sources: await miniflare.getR2Bucket("SOURCES"),
    saves: await miniflare.getR2Bucket("SAVES"),
    stop: () => miniflare.dispose(),
  };
}

function run([entry, ...others]: readonly BundledModule[], options: LocalOptions): Miniflare {
  if (entry === undefined) throw new Error("the bundle is empty");
  const config = unstable_readConfig({ config: `${ROOT}/wrangler.toml` });
  const vars = Object.entries({ ...config.vars, ...options.vars });
  const bindings: readonly { readonly binding: string; readonly bucket_name?: string }[] = config.r2_buckets;
  const buckets = bindings.map((bucket) => ({
    binding: bucket.binding,
    name: options.buckets?.[bucket.binding] ?? bucket.bucket_name ?? bucket.binding,
  }));
  return new Miniflare({
    log: new Log(LogLevel.WARN),
    host: "127.0.0.1",
    port: options.port ?? 0,
    ...(options.persist === undefined ? {} : { resourcePersistencePath: options.persist }),
    ...(options.inspected === true ? { inspectorPort: 0 } : {}),
    ...(options.quiet === true ? { handleStructuredLogs: errorsOnly } : {}),
    // No look-up of where this machine is: it would need the network.
    cf: false,
    workers: [
      {
        config: {
          name: config.name ?? "fixative",
          compatibilityDate: config.compatibility_date ?? "",
          compatibilityFlags: config.compatibility_flags,
          manifest: {
            mainModule: entry.name,
            modules: Object.fromEntries([
              [entry.name, { type: "esm" as const, contents: entry.contents.toString() }],
              ...others.map(({ name, contents }) => [
                name,
                { type: "wasm" as const, contents: new Uint8Array(contents) },
              ]),
            ]),
          },
          env: Object.fromEntries([
            ...vars.map(([name, value]) => [name, { type: "text" as const, value: String(value) }]),
            ...buckets.map(({ binding, name }) => [binding, { type: "r2" as const, name }]),
          ]),
        },
      },
    ],
  });
}
