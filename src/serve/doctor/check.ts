import type { Catalogs } from "../../catalog/catalog.ts";
import type { Deadline } from "../../render/deadline.ts";
import type { Site } from "../site.ts";

/** What a check has found. */
export interface Finding {
  /** Whether it is as it has to be. */
  readonly ok: boolean;
  /** Never a secret, nor how long one is. */
  readonly says: string;
  /** What to do about it, where the check itself does not say; where it is `ok`, what to think of. */
  readonly mend?: string;
}

/** What is looked at. */
export interface Patient {
  readonly server: Site;
  /** Whether it was asked on the machine that it runs on. */
  readonly isLocal: boolean;
  readonly deadline: Deadline;
  /** As they are now: asked for once, for all who look at them. */
  readonly catalogs: Promise<Catalogs>;
}

/** One thing that has to be right before pictures can be served and saved. */
export interface Check {
  /** In one or two words: stable, for programs. */
  readonly name: string;
  /** May throw: then it is not right. */
  look(patient: Patient): Finding | Promise<Finding>;
  /** What to do where it is not right, and the finding does not say. */
  readonly mend: string;
}
