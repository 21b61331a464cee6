import { fillByte } from "./bits";
import { putBlock } from "./block";
import { parseGreedily } from "./greedy";
import { parseLazily } from "./lazy";
import { guessPrices } from "./prices";
import { Deflation, KEPT_AHEAD } from "./records";

/**
 * Makes the next block of a deflated stream; behind the last byte, and only there, one of nothing. Source: RFC 1951.
 *
 * Where more bytes will come, there are `mostBlock + KEPT_AHEAD`: the blocks are the same then however the bytes came.
 */
export function deflateBlock(stream: Deflation): void {
  const from = stream.at,
    there = stream.isLast ? stream.end - from : stream.end - from - KEPT_AHEAD,
    stop = from + min(there, <usize>stream.mostBlock);
  if (from === stream.window) guessPrices(stream.prices, from, stop);
  const behind = stream.goodLength > 0 ? parseLazily(stream, stop) : parseGreedily(stream, stop);
  putBlock(stream, from, behind);
  if (stream.isLast && stream.at === stream.end) fillByte(stream);
}
