import { Log, LogLevel, Miniflare } from "miniflare";
import { unstable_readConfig } from "wrangler";
import { assetBindings } from "./assets.ts";
import { bulkBindings } from "./bulk.ts";
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
  /** Takes each line that the Worker logs; errors are shown as well. */
  readonly log?: (line: string) => void;
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
  /** Puts a message into the queue of saves, past the Worker. */
  send(message: unknown): Promise<void>;
}

type R2Bucket = Awaited<ReturnType<Miniflare["getR2Bucket"]>>;

/** What local commands pass beside wrangler.toml: anybody on this machine may do everything, and errors tell everything. */
export const LOCAL_VARS = {
  ...{ SaveAccess: "public", ErrorDetail: "2" },
  ...{ Playground: "1", ServeSaved: "1", ManageSources: "1" },
} as const;

/** Starts the published bundle in the local runtime, on local R2, configured by wrangler.toml. */
export async function startLocal(options: LocalOptions = {}): Promise<LocalWorker> {
  const config = wranglerConfig();
  const miniflare = run(options.modules ?? bundleWorker(), options, config, otherBindings(config));
  return {
    url: await miniflare.ready,
    inspector: options.inspected === true ? await miniflare.getInspectorURL() : undefined,
    ...(await bucketsOf(miniflare)),
    async send(message) {
      const queue = await miniflare.getQueueProducer("SAVE_QUEUE");
      await queue.send(message, { contentType: "json" });
    },
  };
}

/** Opens the local buckets alone, without the Worker. */
export async function openLocalBuckets(persist: string): Promise<LocalBuckets> {
  const nothing = { name: "worker.js", contents: Buffer.from("export default {}") };
  return bucketsOf(run([nothing], { persist }, wranglerConfig(), {}));
}

interface LogLine {
  readonly level: string;
  readonly message: string;
}

/** What is done with each line that the Worker logs; undefined where all are shown. */
function logger({ quiet, log }: LocalOptions): ((line: LogLine) => void) | undefined {
  if (quiet !== true && log === undefined) return undefined;
  return ({ level, message }) => {
    if (level === "error") console.error(message);
    log?.(message);
  };
}

function wranglerConfig(): ReturnType<typeof unstable_readConfig> {
  return unstable_readConfig({ config: `${ROOT}/wrangler.toml` });
}

async function bucketsOf(miniflare: Miniflare): Promise<LocalBuckets> {
  return {
    sources: await miniflare.getR2Bucket("SOURCES"),
    saves: await miniflare.getR2Bucket("SAVES"),
    stop: () => miniflare.dispose(),
  };
}

/** What is bound beside buckets and settings, and what belongs to it. */
function otherBindings(config: ReturnType<typeof unstable_readConfig>) {
  const bulk = bulkBindings(config);
  const files = assetBindings(config);
  return { ...bulk, ...files, env: { ...bulk.env, ...files.env } };
}

/** @param others what is bound beside buckets and settings */
function run(
  [entry, ...modules]: readonly BundledModule[],
  options: LocalOptions,
  config: ReturnType<typeof unstable_readConfig>,
  { env = {}, ...more }: Partial<ReturnType<typeof otherBindings>>,
): Miniflare {
  if (entry === undefined) throw new Error("the bundle is empty");
  const handleStructuredLogs = logger(options);
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
    ...(handleStructuredLogs === undefined ? {} : { handleStructuredLogs }),
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
              ...modules.map(({ name, contents }) => [
                name,
                { type: "wasm" as const, contents: new Uint8Array(contents) },
              ]),
            ]),
          },
          env: {
            ...Object.fromEntries(vars.map(([name, value]) => [name, { type: "text" as const, value: String(value) }])),
            ...Object.fromEntries(buckets.map(({ binding, name }) => [binding, { type: "r2" as const, name }])),
            ...env,
          },
          ...more,
        },
      },
    ],
  });
}
