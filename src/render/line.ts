import type { Moment } from "./look-clock.ts";

/** The time of a request, as others may look at it. */
export interface Term {
  /** Milliseconds since 1970. It may come nearer. */
  readonly expires: number;
}

/** A place in line. */
export interface Ticket {
  readonly term: Term;
  /** When its owner looked last, by the clock of all who look. */
  seen: number;
}

/** What one waits who is second; everybody further back as often as much longer, up to the longest. */
const STEP_MS = 10;
const LONGEST_WAIT_MS = 200;
const MOST_BEFORE = LONGEST_WAIT_MS / STEP_MS - 1;
/** Who has not looked for so long, while others did, is passed over. */
const PATIENCE_MS = 2000;

/**
 * Those who wait, first come first served: nobody overtakes a living ticket before it.
 *
 * The ticket of a cancelled request is known by nobody's looking any more. Who was passed over and looks again nevertheless
 * has the old place.
 */
export class Line {
  /** In the order in which they came. */
  readonly #tickets = new Set<Ticket>();

  /** Tickets, living or not. */
  get length(): number {
    return this.#tickets.size;
  }

  join(term: Term, looked: number): Ticket {
    const ticket = { term, seen: looked };
    this.#tickets.add(ticket);
    return ticket;
  }

  leave(ticket: Ticket): void {
    this.#tickets.delete(ticket);
  }

  /**
   * A look of the owner of a ticket.
   *
   * @returns 0 where it is its turn, else the milliseconds after which to look again
   */
  look(ticket: Ticket, { now, looked }: Moment): number {
    ticket.seen = looked;
    let before = 0;
    for (const other of this.#tickets) {
      if (other === ticket || before === MOST_BEFORE) break;
      if (now >= other.term.expires) this.#tickets.delete(other);
      else if (looked - other.seen <= PATIENCE_MS) before++;
    }
    return before === 0 ? 0 : (before + 1) * STEP_MS;
  }
}
