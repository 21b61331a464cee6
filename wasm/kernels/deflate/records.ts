/**
 * What deflating keeps between calls, in memory that the caller owns and fills. Field names and their order stand once
 * more in src/codec/png-encoder/deflation-record.ts, which writes them; a test compares the two.
 */
@unmanaged
export class Deflation {
  /** Where the window begins, as far back as there are bytes: no distance reaches beyond. */
  window: usize;
  /** The next byte that is in no block yet, and behind the last one; `BEYOND_INPUT` bytes more may be read. */
  at: usize;
  end: usize;
  /** 1 when no more of them will come. */
  isLast: u32;
  /** What is added to an address for a position in the stream, of which 16 bits count. */
  shift: u32;
  /** By hash: the last position of four bytes that have it. By position: the one before with the same hash. */
  heads: usize;
  chains: usize;
  /** What symbols cost (prices.ts): room for `PRICE_BYTES`. */
  prices: usize;
  /** Room for `mostSequences`, and `BEYOND_SEQUENCES` more. */
  sequences: usize;
  mostSequences: u32;
  /** Bytes after which a block is ended. */
  mostBlock: u32;
  /** Positions that are looked at for a match, at most, and how long one is long enough. */
  mostSteps: u32;
  niceLength: u32;
  /** From how long on a quarter of the steps is enough for one that begins a byte later; 0 looks for none there. */
  goodLength: u32;
  /** Where the next byte of the deflated stream goes, with the bits of one that has been begun, the first one lowest. */
  to: usize;
  bits: u32;
  count: u32;
  /** Positions that were looked at so far. */
  steps: u32;
}

/** As far as a distance reaches, and as long as a match is. Source: RFC 1951, 2 and 3.2.5. */
export const MOST_DISTANCE: u32 = 32768;
export const MOST_LENGTH: u32 = 258;

/** Bytes before the end where a block stops while more will come: none of its matches is shorter for want of them. */
export const KEPT_AHEAD: usize = 258;
/** Bytes behind the last one that are read, whatever they are: nothing depends on them. */
export const BEYOND_INPUT: usize = 16;
/** Bytes that the last match of a block goes beyond `mostBlock`, at most; and the sequence of its last literals. */
export const BEYOND_BLOCK: usize = 258;
export const BEYOND_SEQUENCES: usize = 1;
/** Bytes that a block has more than its input, at most, with those behind it that are written for nothing. */
export const BEYOND_OUTPUT: usize = 64;
/** What symbols cost, a byte each: of 288 of literals and lengths and 32 of distances. */
export const PRICE_BYTES: usize = 320;
/** Bytes of the last position of each hash, and of the one before at each position. */
export const HEAD_BYTES: usize = 65536;
export const CHAIN_BYTES: usize = 65536;
