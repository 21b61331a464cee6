/** A save that waits in the queue: what one message says. */
export interface QueuedSave {
  readonly job: string;
  /** Its place in the list that the client has given, from 0. */
  readonly index: number;
  /** Path and query, as a URL parser writes them. */
  readonly url: string;
  /** The client's address, by which it may save; "" where none is known. */
  readonly from: string;
}

/** Why a save was not done: code and message of its answer. */
export interface SaveFault {
  readonly error: string;
  readonly message: string;
}

/** How a save of a job has ended. */
export interface Outcome {
  readonly index: number;
  readonly url: string;
  /** Undefined where the picture is saved. */
  readonly fault: SaveFault | undefined;
}

/** How far a job has come. */
export interface JobState {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  /** The first of them, in the order of the list. */
  readonly failures: readonly (SaveFault & { readonly index: number; readonly url: string })[];
}

/** What is remembered of a job. */
export interface JobRecord {
  begin(total: number): Promise<void>;
  /** Says that the job has only so many saves: no others could be queued. */
  shorten(total: number): Promise<void>;
  /**
   * Takes how saves have ended. A save counts once, however often it is told of: a message may come twice. Where it is told
   * of with different ends, it is done.
   */
  settle(outcomes: readonly Outcome[]): Promise<void>;
  /** Undefined where the job was never begun, or is forgotten. */
  state(): Promise<JobState | undefined>;
}

/** What is bound for jobs: the queue that saves wait in, and who remembers what became of them. */
export interface Bulk {
  readonly queue: Pick<Queue<QueuedSave>, "send" | "sendBatch">;
  /** @param id a UUID */
  job(id: string): JobRecord;
}
