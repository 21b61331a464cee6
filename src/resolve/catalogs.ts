import type { Catalogs } from "../catalog/catalog.ts";
import type { FileProblem } from "../catalog/file-problem.ts";
import type { CatalogFile, CatalogReading } from "../catalog/read-catalogs.ts";
import { Fault } from "../faults.ts";
import type { Macros } from "../protocol/macros.ts";
import type { CatalogFiles } from "../store/catalog-files.ts";
import { failureLine, problemLines } from "./catalog-log.ts";
import { type CatalogReader, type LoadedFiles, loadFiles } from "./load-files.ts";

export interface CatalogSettings {
  /** Seconds; 0 is at every request. */
  readonly CatalogRefresh: number;
  readonly Macros: Macros;
}

/** Between two looks of one who waits for another's refreshing. */
const LOOK_MS = 10;
/** Who has heard nothing of the bucket for so long is taken to be cancelled. No answer of it takes as long. */
const PATIENCE_MS = 5000;
/** Files may be replaced while they are read. Who finds them changing so often comes back later. */
const TRIES = 3;

/** What is in force. */
interface Held {
  readonly reading: CatalogReading;
  readonly files: readonly CatalogFile[];
  readonly problems: readonly FileProblem[];
  /** The last refresh that has found it as it is, or could not find out, and when that began: milliseconds since 1970. */
  readonly refresh: number;
  readonly at: number;
}

/** A refresh that goes on, if it was not cancelled. */
interface Refreshing {
  readonly refresh: number;
  /** When it was last heard of; milliseconds since 1970. */
  seen: number;
}

/**
 * The catalogs of an isolate, refreshed from their bucket as often as the settings say.
 *
 * One request refreshes them, in its own time, and others use what there is. They share values: none waits for what another one
 * does, each comes back and looks. Who refreshes may be cancelled at any moment; what came so far is there for the next.
 */
export class CatalogHolder {
  readonly #source: CatalogFiles;
  readonly #settings: CatalogSettings;
  readonly #log: (line: string) => void;
  readonly #reader: CatalogReader;
  readonly #clock: () => number;
  readonly #loaded: LoadedFiles = new Map();
  readonly #names = new WeakMap<CatalogFile, readonly string[]>();
  /** How many refreshes have begun: the number of the last. */
  #begun = 0;
  #refreshing: Refreshing | undefined;
  #held: Held | undefined;
  #failed: { readonly refresh: number; readonly fault: Fault } | undefined;

  constructor(
    source: CatalogFiles,
    settings: CatalogSettings,
    log: (line: string) => void,
    reader: CatalogReader,
    clock: () => number = Date.now,
  ) {
    this.#source = source;
    this.#settings = settings;
    this.#log = log;
    this.#reader = reader;
    this.#clock = clock;
  }

  /**
   * The catalogs as they were at most CatalogRefresh seconds ago, or twice that while another request refreshes them. Older
   * ones only where it cannot be found out what has changed.
   *
   * @throws Fault where that cannot be found out and there are none yet: `storage`, or `catalogBroken` where they are too large;
   * the signal's reason
   */
  async current(signal: AbortSignal): Promise<Catalogs> {
    const refreshMs = this.#settings.CatalogRefresh * 1000;
    const before = this.#begun;
    for (;;) {
      signal.throwIfAborted();
      const held = this.#held;
      const now = this.#clock();
      // What was begun after this request came is as fresh as what it would find itself.
      const isFresh = (withinMs: number) => held !== undefined && (held.refresh > before || now - held.at < withinMs);
      if (held !== undefined && isFresh(refreshMs)) return held.reading.catalogs;
      if (held === undefined && this.#failed !== undefined && this.#failed.refresh > before)
        throw alike(this.#failed.fault);
      if (!this.#isRefreshing(now)) await this.#refresh(now, signal);
      else if (held !== undefined && isFresh(2 * refreshMs)) return held.reading.catalogs;
      else await scheduler.wait(LOOK_MS, { signal }).catch(() => {});
    }
  }

  /** What is wrong with the files that were last read. */
  get problems(): readonly FileProblem[] {
    return this.#held?.problems ?? [];
  }

  #isRefreshing(now: number): boolean {
    return this.#refreshing !== undefined && now - this.#refreshing.seen <= PATIENCE_MS;
  }

  /** Puts in force what there is now, or says that it could not be found out. */
  async #refresh(now: number, signal: AbortSignal): Promise<void> {
    const refreshing = { refresh: ++this.#begun, seen: now };
    this.#refreshing = refreshing;
    try {
      await this.#renew(refreshing, now, signal);
    } catch (cause) {
      if (signal.aborted) throw cause;
      this.#fail(refreshing, now, cause);
    } finally {
      if (this.#refreshing === refreshing) this.#refreshing = undefined;
    }
  }

  async #renew(refreshing: Refreshing, at: number, signal: AbortSignal): Promise<void> {
    const { files, problems: left } = await this.#load(refreshing, signal);
    const held = this.#held;
    // One that came back when others had taken it for cancelled.
    if (held !== undefined && held.refresh > refreshing.refresh) return;
    const isSame = held !== undefined && isSameList(held.files, files);
    const options = { macros: this.#settings.Macros, leftOut: left };
    const reading = isSame ? held.reading : this.#reader.read(files, options, held?.reading);
    const problems = [...new Set([...reading.problems, ...left])];
    this.#held = { reading, files, problems, refresh: refreshing.refresh, at };
    this.#failed = undefined;
    const paths = new Set(files.map(({ path }) => path));
    for (const path of this.#loaded.keys()) if (!paths.has(path)) this.#loaded.delete(path);
    for (const line of problemLines(problems, held?.problems ?? [])) this.#log(line);
  }

  async #load(refreshing: Refreshing, signal: AbortSignal): ReturnType<typeof loadFiles> {
    const alive = () => {
      refreshing.seen = this.#clock();
    };
    const reader = { ...this.#reader, namesIn: (file: CatalogFile) => this.#namesIn(file) };
    for (let tries = 1; ; tries++) {
      try {
        return await loadFiles(this.#source, this.#loaded, reader, alive, signal);
      } catch (cause) {
        const isChanging = cause instanceof Fault && cause.code === "sourceChanged";
        if (!isChanging) throw cause;
        if (tries === TRIES)
          throw new Fault("storage", "the files of catalogs changed while they were read", { cause });
      }
    }
  }

  #namesIn(file: CatalogFile): readonly string[] {
    const names = this.#names.get(file) ?? this.#reader.namesIn(file);
    this.#names.set(file, names);
    return names;
  }

  /** What was in force stays so until the next refresh is due. */
  #fail({ refresh }: Refreshing, at: number, cause: unknown): void {
    const fault = cause instanceof Fault ? cause : new Fault("internal", "the catalogs could not be read", { cause });
    this.#log(failureLine(fault.code, fault.message));
    const held = this.#held;
    if (held === undefined) this.#failed = { refresh, fault };
    else if (held.refresh < refresh) this.#held = { ...held, refresh, at };
  }
}

/** A fault of one request is told to another one as its own. */
function alike({ code, detail, mayBeTold, cause }: Fault): Fault {
  return new Fault(code, detail, { mayBeTold, cause });
}

function isSameList(one: readonly CatalogFile[], other: readonly CatalogFile[]): boolean {
  return one.length === other.length && one.every((file, at) => file === other[at]);
}
