import type { Claim } from "../../src/plan/claim.ts";
import type { CodecName } from "../../src/plan/craft.ts";
import { Gate, type Waiting } from "../../src/render/gate.ts";
import type { Lease } from "../../src/render/room.ts";
import { FakeStock } from "./stock.ts";

/** One who comes to a gate, and what becomes of it. */
export interface Visitor {
  readonly arrives: number;
  readonly allowedMs: number;
  readonly claim: Claim;
  /** How long it makes its picture, and then saves it. */
  readonly makesMs: number;
  readonly savesMs: number;
  readonly fileBytes: number;
  /** Its request is cancelled: nothing more is heard of it. A client that hangs up lets its time end, too. */
  readonly cancelled?: { readonly when: "waiting" | "making" | "saving"; readonly hangsUp: boolean };
}

/** What else happens: the loop stands still, or the collector comes. */
export interface Incident {
  readonly at: number;
  readonly standsStillMs?: number;
}

/** What is seen of a visitor. */
export interface Person {
  readonly visitor: Visitor;
  readonly number: number;
  readonly term: { expires: number };
  state: "to come" | "waiting" | "making" | "saving" | "done" | "late" | "cancelled";
}

const GRACE_MS = 1000;

/** Plays visitors at a gate by a clock that is none; `seen` is told of everybody who has just got room. */
export class Crowd {
  readonly stock = new FakeStock();
  readonly gate = new Gate(this.stock);
  readonly people: readonly Person[];
  now = 0;
  readonly #capacity: number;
  readonly #seen: (person: Person, crowd: Crowd) => void;
  #events: { readonly at: number; readonly happens: () => void }[] = [];

  constructor(
    capacity: number,
    visitors: readonly Visitor[],
    incidents: readonly Incident[],
    seen: (person: Person, crowd: Crowd) => void,
  ) {
    this.#capacity = capacity;
    this.#seen = seen;
    this.people = visitors.map((visitor, number) => ({
      visitor,
      number,
      term: { expires: visitor.arrives + visitor.allowedMs },
      state: "to come",
    }));
    for (const person of this.people) this.#at(person.visitor.arrives, () => this.#arrive(person));
    for (const { at, standsStillMs } of incidents) {
      this.#at(at, () => {
        if (standsStillMs === undefined) this.stock.collect();
        else this.now += standsStillMs;
      });
    }
  }

  /** Until nothing more happens. */
  play(): void {
    while (this.#events.length > 0) {
      const first = Math.min(...this.#events.map(({ at }) => at));
      const place = this.#events.findIndex(({ at }) => at === first);
      const [event] = this.#events.splice(place, 1);
      this.now = Math.max(this.now, first);
      event?.happens();
    }
  }

  #at(at: number, happens: () => void): void {
    this.#events.push({ at, happens });
  }

  #arrive(person: Person): void {
    person.state = "waiting";
    const { claim } = person.visitor;
    const { term } = person;
    const terms = {
      capacity: this.#capacity,
      graceMs: GRACE_MS,
      get expires() {
        return term.expires;
      },
    };
    const waiting = this.gate.join(claim, terms);
    this.#look(person, waiting);
    if (person.state === "waiting" && this.#isCancelled(person, "waiting")) this.#cancel(person);
  }

  #look(person: Person, waiting: Waiting): void {
    if (person.state !== "waiting") return;
    if (this.now >= person.term.expires) {
      this.gate.leave(waiting);
      person.state = "late";
      return;
    }
    const found = this.gate.look(waiting, this.now);
    if (typeof found === "number") {
      this.#at(this.now + found, () => this.#look(person, waiting));
      return;
    }
    this.gate.leave(waiting);
    person.state = "making";
    this.#seen(person, this);
    this.#make(person, found);
  }

  #make(person: Person, lease: Lease): void {
    if (this.#isCancelled(person, "making")) {
      this.#cancel(person);
      return;
    }
    const { makesMs, savesMs, fileBytes, claim } = person.visitor;
    const done = (state: "done" | "late") => {
      lease.end();
      person.state = state;
    };
    // Whoever is late notices it: at the end of its time while it makes the picture, a grace later while it saves it.
    const made = this.now + makesMs;
    if (made > person.term.expires) {
      this.#at(person.term.expires, () => done("late"));
      return;
    }
    this.#at(made, () => {
      for (const [codec, bytes] of Object.entries(claim.codecs)) this.stock.used(codec as CodecName, bytes);
      lease.shrinkTo(fileBytes);
      person.state = "saving";
      if (this.#isCancelled(person, "saving")) this.#cancel(person);
      else this.#at(Math.min(made + savesMs, person.term.expires + GRACE_MS), () => done("done"));
    });
  }

  #isCancelled({ visitor: { cancelled } }: Person, when: "waiting" | "making" | "saving"): boolean {
    return cancelled?.when === when;
  }

  #cancel(person: Person): void {
    person.state = "cancelled";
    if (person.visitor.cancelled?.hangsUp) person.term.expires = Math.min(person.term.expires, this.now);
  }
}
