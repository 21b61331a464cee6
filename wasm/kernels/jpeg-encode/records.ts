/**
 * What the JPEG encoder keeps between calls, in memory that the caller owns and fills. Field names and their order stand
 * once more in src/codec/jpeg-encoder/records.ts, which writes them; a test compares the two.
 */

/** A component of the picture, as rows of MCUs of it go by. */
@unmanaged
export class CodedComponent {
  /** Blocks an MCU. */
  across: u32;
  down: u32;
  /** Samples of this row of MCUs, bytes, and how many from one line to the next. */
  samples: usize;
  stride: usize;
  /** 64 f32 in natural order, as `quantise` takes them. */
  reciprocals: usize;
  /** Blocks a line that the picture reaches into, and lines of them in this row of MCUs; the others are dummies. */
  blocksAcross: u32;
  blocksDown: u32;
  /** Quantised coefficients: blocks of 64 i16 in natural order, line by line, and so many a line. */
  coefficients: usize;
  lineBlocks: u32;
  /** One u64 a block, in the same order: bit k is set where coefficient k is not zero, in zigzag order. */
  present: usize;
  /** DC of the block before, of the scan that is coded in one pass or as tokens. */
  predictor: i32;
  /** Codes to code with in one pass: 256 u32 each, by symbol, as codes.ts has them. */
  dc: usize;
  ac: usize;
  /** 0, or 256: which codes its tokens are meant for. */
  tokenClass: u32;
  /** What its blocks are weighed by (`weighBlock`); 0 where they stay as they were quantised. */
  trellis: usize;
}

/** Bytes of a `CodedComponent`. */
export const COMPONENT_BYTES: usize = 60;

/** Bits on their way to bytes of the file. */
@unmanaged
export class BitSink {
  /** The last bits that were put, `count` of them not yet in a word. */
  bits: u64;
  count: u32;
  /** Words of 32 bits, the first bit uppermost, before stuffing: where they begin, and where the next one goes. */
  words: usize;
  word: usize;
  /** Bytes of the file: where they begin, where the next one goes, and from where on no more is begun. */
  bytes: usize;
  at: usize;
  limit: usize;
}

/** Tokens on their way into pages, which are filled one after the other. */
@unmanaged
export class TokenSink {
  /** Where the next token goes, and from where on a block wants another page. */
  at: usize;
  limit: usize;
  /** The page that is being filled, and the first of all; 0 before there is one. */
  page: usize;
  first: usize;
  /** Pages that wait to be filled, each with the address of the next one in its first word, and how many. */
  free: usize;
  freeCount: u32;
}

/** A scan of all components, as a row of MCUs of it is coded. */
@unmanaged
export class SequentialScan {
  /** The components: so many records, one behind the other. */
  components: usize;
  componentCount: u32;
  /** MCUs a row, and the one that is next. */
  columns: u32;
  column: u32;
  /** The `BitSink`. */
  sink: usize;
  /** The `TokenSink`, or 0 where codes go straight into the file. */
  tokens: usize;
}

/** What a row coder answers. */
export const ROW_DONE: u32 = 0;
/** The bytes must be taken first. */
export const NEEDS_ROOM: u32 = 1;
/** More pages must be given first. */
export const NEEDS_PAGES: u32 = 2;

/** MCUs that are transformed and coded before there is another look at what room is left: all of it stays in the cache. */
export const RUN_UNITS: u32 = 16;
/**
 * Bytes of words at most that are put before they are stuffed. A block has at most 20 bits of DC and 63 · 26 of AC, the
 * end included, which is 208 bytes; a run is at most 16 · 6 of them.
 */
export const WORD_BYTES: usize = 20480;
