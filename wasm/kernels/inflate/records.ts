/**
 * What inflating keeps between calls, in memory that the caller owns and fills. Field names and their order stand once
 * more in src/codec/png/inflation-record.ts, which writes them; a test compares the two.
 */
@unmanaged
export class ZlibStream {
  /** What is next: a `PHASE_…`. */
  phase: u32;
  /** Bits of the bytes before `at` that are unread, the next one lowest, and how many: fewer than 8. */
  bits: u32;
  count: u32;
  /** The next compressed byte, and behind the last one. */
  at: usize;
  end: usize;
  /** 1 when no more of them will come: then `BEYOND_INPUT` zeros lie behind the last. */
  isLast: u32;
  /** Where what is inflated begins, as far back as it is still there: no distance reaches beyond. */
  window: usize;
  /** Where the next byte goes. */
  to: usize;
  /** No symbol begins here; up to `BEYOND_OUTPUT` bytes more may be written. */
  limit: usize;
  /** Adler-32 of what was inflated. */
  adler: u32;
  /** 1 when this block is the last one. */
  isFinal: u32;
  /** Bytes of a stored block that are still to come. */
  stored: u32;
  /** Tables of the block's codes, and how many bits they are looked up by. */
  literals: usize;
  literalBits: u32;
  distances: usize;
  distanceBits: u32;
  /** Where there is room for tables: of the codes that a block brings, and of the fixed ones, empty until they are needed. */
  tables: usize;
  fixed: usize;
  hasFixed: u32;
  /** Blocks that were begun; such as bring codes count tenfold. */
  steps: u32;
}

/** The two bytes that a stream begins with. */
export const PHASE_HEADER: u32 = 0;
/** The header of a block, or the end of the last one. */
export const PHASE_BLOCK: u32 = 1;
export const PHASE_STORED: u32 = 2;
export const PHASE_SYMBOLS: u32 = 3;
/** The four bytes that a stream ends with. */
export const PHASE_CHECKSUM: u32 = 4;
export const PHASE_COMPLETE: u32 = 5;

/** What `inflate` answers, unless there is a fault (faults.ts). This one is said among these files alone. */
export const GOES_ON: u32 = 0;
/** More compressed bytes are needed first; fewer than `MOST_UNREAD` are left of those that there were. */
export const NEEDS_INPUT: u32 = 1;
/** There is no room for more. */
export const IS_FULL: u32 = 2;
/** The stream has been inflated to its end, and its checksum is right. */
export const IS_COMPLETE: u32 = 3;
/** There are no more compressed bytes; all that could be made of them has been. */
export const IS_CUT: u32 = 4;

/**
 * Unread bytes below which nothing is begun unless they are the last ones: no header of a block has more. One has at
 * most 17 bits, 19 lengths of 3 bits, and 316 lengths in codes of up to 7 bits, of which the ones with more bits
 * stand for three or more.
 */
export const MOST_UNREAD: usize = 320;
/** Zeros behind the last compressed byte: as far as anything is read before it is seen that the bytes have ended. */
export const BEYOND_INPUT: usize = 320;
/** A symbol of 258 bytes in whole vectors, behind what else is written between two looks at the limit. */
export const BEYOND_OUTPUT: usize = 320;
