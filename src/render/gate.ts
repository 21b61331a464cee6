import type { Claim } from "../plan/claim.ts";
import type { Deadline } from "./deadline.ts";
import { Line, type Ticket } from "./line.ts";
import { LookClock } from "./look-clock.ts";
import { type Lease, Room, type Stock, type Terms } from "./room.ts";

/** Between two looks of one whose turn it is, and who finds no room. */
const WAIT_MS = 10;

/** One who waits for room. */
export interface Waiting {
  readonly ticket: Ticket;
  readonly claim: Claim;
  readonly terms: Terms;
}

/**
 * Lets pictures be made at the same time as long as an isolate can hold them, one after the other in the order in which they
 * came.
 *
 * Requests share nothing of it but numbers: none waits for what another one does, each comes back and looks.
 */
export class Gate {
  readonly #clock = new LookClock();
  readonly #line = new Line();
  readonly #room: Room;

  constructor(stock: Stock) {
    this.#room = new Room(stock);
  }

  /** Pictures that have room. */
  get leases(): number {
    return this.#room.leases;
  }

  /** Those who wait, alive or not. */
  get waiting(): number {
    return this.#line.length;
  }

  /** Bytes that are claimed, or lie beside. */
  get heldBytes(): number {
    return this.#room.heldBytes;
  }

  /**
   * Does `work` as soon as there is room for what it claims, and holds the room until `work` ends.
   *
   * @throws the deadline's fault, where its time ends before; `work` has not begun then
   */
  async admit<T>(
    claim: Claim,
    deadline: Deadline,
    { capacity, graceMs }: Pick<Terms, "capacity" | "graceMs">,
    work: (lease: Lease) => Promise<T>,
  ): Promise<T> {
    const terms = {
      capacity,
      graceMs,
      // It comes nearer when the client hangs up.
      get expires() {
        return deadline.expires;
      },
    };
    const lease = await this.#waited(this.join(claim, terms), deadline);
    try {
      return await work(lease);
    } finally {
      lease.end();
    }
  }

  async #waited(waiting: Waiting, deadline: Deadline): Promise<Lease> {
    try {
      for (;;) {
        const found = this.look(waiting, Date.now());
        if (typeof found !== "number") return found;
        await scheduler.wait(found, { signal: deadline.signal }).catch(() => {});
        deadline.check();
      }
    } finally {
      this.leave(waiting);
    }
  }

  /** Takes a place in line. */
  join(claim: Claim, terms: Terms): Waiting {
    return { ticket: this.#line.join(terms, this.#clock.looked), claim, terms };
  }

  /** The room of one whose turn it is, where there is any; else the milliseconds after which to look again. */
  look({ ticket, claim, terms }: Waiting, now: number): Lease | number {
    const moment = this.#clock.look(now);
    const wait = this.#line.look(ticket, moment);
    return wait > 0 ? wait : (this.#room.lease(claim, terms, moment) ?? WAIT_MS);
  }

  leave({ ticket }: Waiting): void {
    this.#line.leave(ticket);
  }
}
