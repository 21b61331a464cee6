import { TestClock, turn } from "./clock.ts";

/** What happens at a moment of a visit, of which the visit knows nothing. */
export type Act = (scene: Scene) => Promise<void> | void;

/** What happens at which moment; the first one is the arrival. */
export type Acts = (moment: string, index: number) => Act | undefined;

/** Before a visit is begun. */
export const ARRIVAL = "arrival";
/** What is noted when a visit hands itself to `waitUntil`; nothing can happen at this moment. */
export const KEPT = "handed to waitUntil";

/** The moments at which something can happen; of pieces of a body in a row only the first and the last one. */
export function actable(moments: readonly string[]): readonly (readonly [index: number, moment: string])[] {
  const isBetween = (at: number) =>
    moments[at]?.startsWith(BYTES) && moments[at] === moments[at - 1] && moments[at] === moments[at + 1];
  return [...moments.entries()].filter(([at, moment]) => moment !== KEPT && !isBetween(at));
}

/** What moments begin with at which a piece of a body is asked for. */
export const BYTES = "bytes of";

export function actAt(at: number, act: Act): Acts {
  return (_, index) => (index === at ? act : undefined);
}

/** At the nth moment of this name, from 0 on. */
export function actAtNth(name: string, nth: number, act: Act): Acts {
  let seen = 0;
  return (moment) => (moment === name && seen++ === nth ? act : undefined);
}

/** What became of a body that was handed out. */
export interface HandedOut {
  readonly name: string;
  state: "open" | "read to its end" | "cancelled" | "failed";
}

/** Turns without anything happening, after which nothing will happen by itself. */
const QUIET_TURNS = 3;

/** Where a visit takes place: its time, what it does with its buckets, and in which order. */
export class Scene {
  readonly clock = new TestClock();
  /** Moments that the visit has come to: calls that begin and are answered, bytes that are asked for, breaths. */
  readonly moments: string[] = [];
  readonly bodies: HandedOut[] = [];
  readonly hungUp = new AbortController();
  /** What goes on in the buckets when they have answered. */
  readonly background: Promise<unknown>[] = [];
  readonly #act: Acts;
  #isOver = false;
  #running = 0;
  #silent = 0;
  #nextBreath: ((lasts: (until: Promise<void>) => void) => void)[] = [];

  constructor(act: Acts = () => undefined) {
    this.#act = act;
    this.clock.onBreath = async () => {
      const untils: Promise<void>[] = [];
      for (const begins of this.#nextBreath.splice(0)) begins((until) => untils.push(until));
      await Promise.all(untils);
      await this.reach("breath");
    };
  }

  async reach(moment: string): Promise<void> {
    this.clock.activity++;
    this.moments.push(moment);
    await this.#act(moment, this.moments.length - 1)?.(this);
  }

  /** A call to a bucket, during which no time passes by itself. */
  async call<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.#running++;
    try {
      await this.reach(name);
      return await work();
    } finally {
      this.#running--;
      this.clock.activity++;
    }
  }

  /** Nothing, for ever, of somebody who is running a call or not. */
  silence(isCall: boolean): Promise<never> {
    this.clock.activity++;
    this.#silent++;
    if (isCall) this.#running--;
    return new Promise(() => {});
  }

  /** Lets time pass, and everybody do what they do in it; no longer than the visit lasts. */
  async pass(ms: number): Promise<void> {
    const until = this.clock.now + ms;
    while (ms > 0 && !this.#isOver && this.clock.ringNext(until))
      for (let turns = 0; turns < QUIET_TURNS; turns++) await turn();
    if (!this.#isOver) this.clock.moveTo(until);
  }

  /** Resolves in the middle of the next breath, which lasts until that. */
  nextBreath(until: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      this.#nextBreath.push((lasts) => {
        lasts(until);
        resolve();
      });
    });
  }

  /** The outcome of a visit: where all of it waits, for time or for a bucket that says nothing, time passes. */
  async play<T>(visit: Promise<T>): Promise<T> {
    const end = () => this.end();
    visit.then(end, end);
    let quiet = 0;
    for (let seen = -1; !this.#isOver; ) {
      await turn();
      quiet = this.clock.activity === seen ? quiet + 1 : 0;
      seen = this.clock.activity;
      if (quiet < QUIET_TURNS || this.#running > 0 || !(this.clock.isAwaited || this.#silent > 0)) continue;
      this.clock.ringNext(Number.POSITIVE_INFINITY);
      quiet = 0;
    }
    return visit;
  }

  /** Resolves when no call is running any more, and what its answer leads to has happened. */
  async rest(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet = this.#running > 0 ? 0 : quiet + 1) await turn();
  }

  /** Another visit, of which time passes again. */
  begin(): void {
    this.#isOver = false;
  }

  /** Nothing is awaited any more, nor does time pass. */
  end(): void {
    this.#isOver = true;
  }
}
