import type { Catalog, Catalogs } from "../catalog/catalog.ts";
import type { FileProblem } from "../catalog/file-problem.ts";
import type { CatalogView } from "../protocol/catalog-view.ts";
import type { Engine } from "../render/engine.ts";
import type { Settings } from "../settings/settings.ts";
import type { Bulk } from "./jobs/bulk.ts";
import type { Telemetry } from "./telemetry.ts";

/** What every request finds, whatever its catalog. */
interface Server {
  readonly sources: R2Bucket;
  readonly saves: R2Bucket;
  /** The secret SAVE_TOKEN; undefined where it is not set. */
  readonly saveToken: string | undefined;
  /** The secret SIGN_KEY; undefined where it is not set. */
  readonly signKey: string | undefined;
  readonly engine: Engine;
  readonly telemetry: Telemetry;
  /** Undefined where nothing is bound for jobs. */
  readonly bulk?: Bulk | undefined;
  /** The files of the playground; undefined where the deployment has none. */
  readonly assets?: Fetcher | undefined;
}

/** What requests are served with. */
export interface Site extends Server {
  /** Where no catalog says anything else. */
  readonly settings: Settings;
  readonly catalogs: CatalogSource;
}

/** Where catalogs come from. */
export interface CatalogSource {
  /**
   * The catalogs as they are now, or were a moment ago.
   *
   * @throws Fault where they cannot be read, or not before the signal fires
   */
  current(signal: AbortSignal): Promise<Catalogs>;
  /** What is wrong with the files that were last read, where that is known. */
  readonly problems?: readonly FileProblem[];
}

/** What a request is served with whose catalog is known. */
export interface CatalogSite extends Server {
  /** Those of its catalog over those of the server. */
  readonly settings: Settings;
  /** Those of the server: other catalogs, of which its sources may be, have their own over these. */
  readonly serverSettings: Settings;
  /** What the provenance of a save names of the settings (settings/traced.ts). */
  readonly tracedSettings: string;
  /** That which the path names. */
  readonly main: Catalog;
  readonly catalogs: Catalogs;
  readonly view: CatalogView;
}
