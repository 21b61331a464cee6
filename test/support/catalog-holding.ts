import type { Macros } from "../../src/protocol/macros.ts";
import { CatalogHolder } from "../../src/resolve/catalogs.ts";
import { r2CatalogFiles } from "../../src/store/catalog-files.ts";
import { type ReaderDouble, readerDouble } from "./catalog-reader.ts";

export const MACROS: Macros = new Map();
export const FOREVER = new AbortController().signal;

/** A holder on a bucket, by a clock that only the test moves. */
export interface Held {
  readonly holder: CatalogHolder;
  readonly reader: ReaderDouble;
  readonly log: string[];
  now: number;
  /** What a request that comes now is given, as the names of the catalogs. */
  ask(signal?: AbortSignal): Promise<string>;
}

export function held(bucket: R2Bucket, { CatalogRefresh = 10 } = {}): Held {
  const reader = readerDouble();
  const log: string[] = [];
  const files = r2CatalogFiles(bucket);
  const settings = { CatalogRefresh, Macros: MACROS };
  const it: Held = {
    holder: new CatalogHolder(
      files,
      settings,
      (line) => log.push(line),
      reader,
      () => it.now,
    ),
    reader,
    log,
    now: 1_000_000,
    ask: async (signal = FOREVER) => [...(await it.holder.current(signal)).byRootId.keys()].join(" "),
  };
  return it;
}

/** A moment at which somebody is held up until the test lets go. */
function barrier() {
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
  const { promise: goes, resolve: letGo } = Promise.withResolvers<void>();
  return {
    reached,
    letGo,
    async pass() {
      reach();
      await goes;
    },
  };
}

/** The first call of its kind waits at a barrier, the others pass. */
export function firstWaits() {
  const one = barrier();
  let first = true;
  const wait = async (go: () => Promise<unknown>) => {
    if (!first) return go();
    first = false;
    await one.pass();
    return go();
  };
  return { ...one, wait };
}
