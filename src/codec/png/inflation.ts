import type { Fault } from "../../faults.ts";
import { KernelRecord } from "../../pixels/kernel-record.ts";
import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import { streamFault } from "./inflation-faults.ts";
import {
  BEYOND_INPUT,
  BEYOND_OUTPUT,
  FIXED_TABLE_BYTES,
  IS_COMPLETE,
  IS_CUT,
  IS_FULL,
  MOST_UNREAD,
  NEEDS_INPUT,
  STREAM_BYTES,
  STREAM_FIELDS,
  type StreamField,
  TABLE_BYTES,
} from "./inflation-record.ts";

/** Compressed bytes that are taken at a time, at most. */
export const STAGE_BYTES = 65_536;

/** As far as a distance reaches. Source: RFC 1951, 2. */
const HISTORY = 32_768;
/** Bytes that are inflated before the window slides, at least: each slide moves a history. More was measured no quicker. */
const STRETCH = 65_536;

const INPUT_BYTES = MOST_UNREAD + STAGE_BYTES + BEYOND_INPUT;

/** Bytes of the arena that an `Inflation` reserves. */
export function inflationBytes(most: number): number {
  const blocks = [STREAM_BYTES, TABLE_BYTES, FIXED_TABLE_BYTES, INPUT_BYTES, windowBytes(most) + BEYOND_OUTPUT];
  return blocks.reduce((sum, bytes) => sum + blockBytes(bytes), 0);
}

/** What is kept when the window slides is a history or unread, and behind it there is room. */
function windowBytes(most: number): number {
  return Math.max(HISTORY, most) + Math.max(STRETCH, most);
}

/**
 * Inflates a zlib stream as its bytes come. Source: RFC 1950, RFC 1951.
 *
 * What has been inflated lies in the memory of the kernels, unread, until it is skipped.
 */
export class Inflation {
  /** Where the next compressed bytes are to be put before they are given: room for `STAGE_BYTES`. It never moves. */
  readonly stage: number;
  readonly #kernels: Kernels;
  readonly #most: number;
  readonly #stream: KernelRecord<StreamField>;
  readonly #window: number;
  #at: number;
  #unread = 0;
  #isWanting = true;
  #hasEnded = false;
  #isCut = false;
  #fault: Fault | undefined;

  /** @param most bytes that are wanted at a time, at most */
  constructor(kernels: Kernels, most: number) {
    this.#kernels = kernels;
    this.#most = most;
    this.#stream = new KernelRecord(kernels, kernels.reserve(STREAM_BYTES), STREAM_FIELDS);
    const tables = kernels.reserve(TABLE_BYTES);
    const fixed = kernels.reserve(FIXED_TABLE_BYTES);
    this.stage = kernels.reserve(INPUT_BYTES) + MOST_UNREAD;
    this.#window = kernels.reserve(windowBytes(most) + BEYOND_OUTPUT);
    this.#at = this.#window;
    this.#stream.set({
      ...{ at: this.stage, end: this.stage, tables, fixed, adler: 1 },
      ...{ window: this.#window, to: this.#window, limit: this.#window + windowBytes(most) },
    });
  }

  /** Says that so many bytes have been put on the stage. Only at the beginning, and when more are wanted. */
  give(count: number): void {
    if (!this.#isWanting || count > STAGE_BYTES) throw new Error(`${count} bytes that were not wanted`);
    this.#isWanting = count === 0;
    this.#stream.put("end", this.stage + count);
  }

  /** Says that no more bytes will come. */
  end(): void {
    this.#kernels.bytesAt(this.#stream.get("end"), BEYOND_INPUT).fill(0);
    this.#stream.put("isLast", 1);
  }

  /**
   * Inflates until `wanted` bytes lie unread, or more compressed bytes are wanted first, or the stream has ended: because
   * it is complete and its checksum right, or (`isCut`) because no more bytes will come. What follows the stream is not
   * looked at.
   *
   * @throws Fault `sourceBroken` for data that is no zlib stream
   */
  advance(wanted: number): "ready" | "wanting" | "ended" {
    if (wanted > this.#most) throw new Error(`${wanted} bytes at a time`);
    // Its tables and phase mean nothing any more.
    if (this.#fault !== undefined) throw this.#fault;
    if (this.#unread >= wanted) return "ready";
    if (this.#hasEnded) return "ended";
    this.#makeRoom(wanted);
    const status = this.#kernels.run.inflate(this.#stream.address);
    this.#unread = this.#stream.get("to") - this.#at;
    switch (status) {
      case NEEDS_INPUT:
        this.#keepUnread();
        break;
      case IS_FULL:
        break;
      case IS_COMPLETE:
      case IS_CUT:
        this.#hasEnded = true;
        this.#isCut = status === IS_CUT;
        break;
      default:
        this.#fault = streamFault(status);
        throw this.#fault;
    }
    if (this.#unread >= wanted) return "ready";
    return this.#hasEnded ? "ended" : "wanting";
  }

  /** Whether the stream has ended before its end. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Where the first unread byte lies, and how many there are in a row; until the next call of `advance`. */
  get at(): number {
    return this.#at;
  }

  get unread(): number {
    return this.#unread;
  }

  /** Says that the first unread bytes have been used. */
  skip(count: number): void {
    this.#at += count;
    this.#unread -= count;
  }

  /** Blocks of the stream, such as bring codes tenfold: what it has cost beside its bytes, in and out. */
  get steps(): number {
    return this.#stream.get("steps");
  }

  /** Slides what is still needed to the front of the window, where there is no room behind it for what is wanted. */
  #makeRoom(wanted: number): void {
    const to = this.#stream.get("to");
    if (this.#at + wanted <= this.#stream.get("limit")) return;
    const from = Math.min(this.#at, Math.max(this.#window, to - HISTORY));
    this.#kernels.bytesAt(this.#window, to - this.#window).copyWithin(0, from - this.#window);
    this.#at -= from - this.#window;
    this.#stream.put("to", to - (from - this.#window));
  }

  /** Moves the compressed bytes that were not enough to before the stage, where those that come next lie behind them. */
  #keepUnread(): void {
    const from = this.#stream.get("at");
    const count = this.#stream.get("end") - from;
    this.#kernels.bytesAt(this.stage - count, count).set(this.#kernels.bytesAt(from, count));
    this.#stream.put("at", this.stage - count);
    this.#stream.put("end", this.stage);
    this.#isWanting = true;
  }
}
