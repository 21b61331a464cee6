import type { Codecs } from "../codec/codecs.ts";
import type { Kernels } from "../pixels/kernels.ts";
import type { Plan } from "../plan/plan.ts";
import type { Deadline } from "./deadline.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** A source file whose bytes can be read, from the beginning, as often as it takes. */
export interface SourceStream {
  /** How many there are. */
  readonly bytes: number;
  open(): AsyncIterable<Uint8Array>;
}

/** The files that a plan is made of. */
export interface SourceStreams {
  readonly picture: SourceStream;
  readonly mask: SourceStream | undefined;
}

/** What making a picture needs besides its plan, and what was wrong with the sources. */
export interface Studio {
  readonly sources: SourceStreams;
  readonly codecs: Codecs;
  readonly kernels: Kernels;
  readonly deadline: Deadline;
  readonly watch: Stopwatch;
  readonly warnings: Set<string>;
  readonly truncated: Plan["truncated"];
}

/** A piece of a finished file, which nobody else has. */
export type Piece = Uint8Array<ArrayBuffer>;
/** The pieces of a file, as they are made when they are asked for. */
export type Pieces = AsyncGenerator<Piece, void, undefined>;
