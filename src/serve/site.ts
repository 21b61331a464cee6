import type { Engine } from "../render/engine.ts";
import type { Settings } from "../settings.ts";

/** What a request is served with. */
export interface Site {
  readonly settings: Settings;
  readonly sources: R2Bucket;
  readonly saves: R2Bucket;
  /** The secret SAVE_TOKEN; undefined where it is not set. */
  readonly saveToken: string | undefined;
  readonly engine: Engine;
}
