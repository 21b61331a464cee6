/**
 * What a scan of a progressive picture keeps between rows of MCUs, in memory that the caller owns and fills. Field names
 * and their order stand once more in src/codec/jpeg-encoder/progressive-records.ts; a test compares the two.
 */

/** A scan of one band of coefficients, or of one bit of them. */
@unmanaged
export class ProgressiveScan {
  /** Its components, `CodedComponent`s with a whole row of MCUs of coefficients: so many, one behind the other. */
  components: usize;
  componentCount: u32;
  /** The `TokenSink`. */
  tokens: usize;
  /** First and last coefficient in zigzag order, and the bit positions: Ss, Se, Ah, Al. */
  first: u32;
  last: u32;
  high: u32;
  low: u32;
  /** MCUs a row of DC, and the one that is next; of AC the column of the block that is next, and its line. */
  columns: u32;
  column: u32;
  line: u32;
  /** Blocks whose bands have ended that nothing has been said of yet. */
  endOfBandRun: u32;
  /** Bits that refine those, a byte each: room for `CORRECTION_BYTES`, and how many there are. */
  corrections: usize;
  correctionCount: u32;
}

/**
 * With more of these a run of ended bands is written: a block may bring 63, and libjpeg, whose files are the measure, has
 * room for 1000. Source: libjpeg's jcphuff.c, MAX_CORR_BITS.
 */
export const MOST_CORRECTIONS: u32 = 937;
export const CORRECTION_BYTES: u32 = 1000;

/** The longest run of ended bands that has a symbol. Source: ITU-T T.81, G.1.2.2. */
export const LONGEST_RUN: u32 = 32767;

/** Blocks, and MCUs of DC, between two looks at how many pages wait. */
export const RUN_BLOCKS: u32 = 16;
/**
 * Pages at most that so many blocks begin, of 420 bytes each at the most: a run of ended bands with its 937 corrections
 * takes 4 + 268, and 63 coefficients that are new or refined, with three runs of zeros, 132. MCUs of DC have six of 4.
 */
export const PAGES_A_RUN: u32 = 2;
