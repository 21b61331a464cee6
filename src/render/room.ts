import type { Claimed } from "../pixels/pool.ts";
import type { Claim } from "../plan/claim.ts";
import type { CodecName } from "../plan/craft.ts";
import type { Term } from "./line.ts";
import type { Moment } from "./look-clock.ts";

/** What an isolate holds beside the pictures in the making: it lies there for the next ones, or waits for the collector. */
export interface Stock {
  /** Bytes of idle instances of codecs, that which was used longest ago first. */
  readonly idleCodecs: ReadonlyMap<CodecName, number>;
  /** Bytes of idle kernels. */
  readonly idleKernels: number;
  /** Bytes of everything else: lent and not claimed, or dropped and not collected yet. */
  readonly others: number;
  dropCodec(codec: CodecName): void;
  /** Drops one of the idle kernels. */
  dropKernels(): void;
}

/** On what terms a picture has its room. */
export interface Terms extends Term {
  /** Bytes that all pictures in the making may hold, with what lies beside them. */
  readonly capacity: number;
  /** Milliseconds past the end of its time for which what it made may still be held. */
  readonly graceMs: number;
}

/** Room for a picture in the making. */
export interface Lease {
  /** False as soon as the room is given back, or taken. It holds nothing of the picture. */
  readonly claimed: Claimed;
  /** So many bytes of its own it will not need any more, or will never need. */
  giveBack(bytes: number): void;
  /** The picture is made: what is left of it are these bytes. */
  shrinkTo(bytes: number): void;
  /** It is through. */
  end(): void;
}

/** Milliseconds in which a picture whose time is up notices it: it may be in a step that cannot be interrupted. */
const NOTICE_MS = 3000;
/** So many of them while others look: whoever can is heard of by then. */
const SILENCE_MS = 500;

interface Held {
  claim: Claim;
  readonly claimed: { isHeld: boolean };
  readonly terms: Terms;
  /** When it was first seen that it should have been through, by the clock of all who look. */
  overdue?: number;
}

/**
 * The bytes of an isolate: what pictures in the making claim, and what lies beside them. Numbers only.
 *
 * A cancelled request never gives its room back: it is taken back when the request's time, and its grace, are over.
 */
export class Room {
  readonly #stock: Stock;
  readonly #held = new Set<Held>();

  constructor(stock: Stock) {
    this.#stock = stock;
  }

  /** Pictures that have room. */
  get leases(): number {
    return this.#held.size;
  }

  /** Bytes that are claimed, or lie beside: no more than the capacity when a picture has got room beside another one. */
  get heldBytes(): number {
    return this.#withIdle(this.#claims) + this.#stock.others;
  }

  /**
   * Room for a picture, if there is any. What lies idle makes way only where the picture has none beside it even alone: until
   * the collector has come it is as much as before, and a fresh one will be more.
   *
   * Where no other picture has room, this one has in any case: nobody knows when the collector comes, and what it has not taken
   * may be all that is in the way.
   */
  lease(claim: Claim, terms: Terms, moment: Moment): Lease | undefined {
    this.#takeBack(moment);
    const claims = [...this.#claims, claim];
    if (this.#withIdle(claims) + this.#stock.others > terms.capacity) {
      this.#dropIdle([claim], terms.capacity);
      if (this.#held.size > 0) return undefined;
    }
    const held: Held = { claim, claimed: { isHeld: true }, terms };
    this.#held.add(held);
    return {
      claimed: held.claimed,
      giveBack: (bytes) => {
        const { own, codecs } = held.claim;
        held.claim = { own: Math.max(0, own - bytes), codecs };
      },
      shrinkTo: (own) => {
        held.claim = { own, codecs: {} };
      },
      end: () => {
        this.#end(held);
        this.#dropIdle([], terms.capacity);
      },
    };
  }

  get #claims(): readonly Claim[] {
    return [...this.#held].map(({ claim }) => claim);
  }

  #takeBack({ now, looked }: Moment): void {
    for (const held of this.#held) {
      const { expires, graceMs } = held.terms;
      if (now < expires + graceMs + NOTICE_MS) continue;
      held.overdue ??= looked;
      if (looked - held.overdue >= SILENCE_MS) this.#end(held);
    }
  }

  #end(held: Held): void {
    this.#held.delete(held);
    held.claimed.isHeld = false;
  }

  /** What these claims will hold, with all that lies idle: an idle instance of a codec is the one that they will use. */
  #withIdle(claims: readonly Claim[]): number {
    const { idleCodecs, idleKernels } = this.#stock;
    const codecs = largest(claims);
    for (const [codec, bytes] of idleCodecs) codecs.set(codec, Math.max(bytes, codecs.get(codec) ?? 0));
    let sum = idleKernels;
    for (const { own } of claims) sum += own;
    for (const bytes of codecs.values()) sum += bytes;
    return sum;
  }

  /**
   * Drops what lies idle until these claims fit beside the rest: first what they do not use, then what is larger than they
   * need. Codecs that a picture in the making counts on stay: with a fresh instance there would be two, until the collector comes.
   */
  #dropIdle(claims: readonly Claim[], capacity: number): void {
    const needed = largest(claims);
    const countedOn = largest(this.#claims);
    const idle = [...this.#stock.idleCodecs].filter(([codec]) => !countedOn.has(codec));
    const unused = idle.filter(([codec]) => !needed.has(codec));
    const tooLarge = idle.filter(([codec, bytes]) => bytes > (needed.get(codec) ?? bytes));
    for (const [codec] of [...unused, ...tooLarge]) {
      if (this.#withIdle(claims) <= capacity) return;
      this.#stock.dropCodec(codec);
    }
    while (this.#stock.idleKernels > 0 && this.#withIdle(claims) > capacity) this.#stock.dropKernels();
  }
}

/** Of each codec what the largest claim says. */
function largest(claims: readonly Claim[]): Map<CodecName, number> {
  const codecs = new Map<CodecName, number>();
  for (const claim of claims) {
    for (const [codec, bytes] of Object.entries(claim.codecs) as [CodecName, number][]) {
      codecs.set(codec, Math.max(bytes, codecs.get(codec) ?? 0));
    }
  }
  return codecs;
}
