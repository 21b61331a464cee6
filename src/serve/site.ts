import type { Engine } from "../render/engine.ts";
import type { Settings } from "../settings/settings.ts";
import type { Telemetry } from "./telemetry.ts";

/** What a request is served with. */
export interface Site {
  readonly settings: Settings;
  /** Those of them that the provenance of a save names (settings/traced.ts). */
  readonly tracedSettings: string;
  readonly sources: R2Bucket;
  readonly saves: R2Bucket;
  /** The secret SAVE_TOKEN; undefined where it is not set. */
  readonly saveToken: string | undefined;
  /** The secret SIGN_KEY; undefined where it is not set. */
  readonly signKey: string | undefined;
  readonly engine: Engine;
  readonly telemetry: Telemetry;
}
