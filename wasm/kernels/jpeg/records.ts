/**
 * What the entropy decoders keep between calls, in memory that the caller owns and fills. Field names and their order
 * stand once more in src/codec/jpeg/records.ts, which writes them; a test compares the two.
 */

/** A scan: the bits of its compressed data, and how far in the picture it has come. */
@unmanaged
export class Scan {
  /** Unread bits, the next one uppermost; below `count` bits there are zeros. */
  bits: u64;
  count: i32;
  /** The next byte to load, and behind the last one: bytes from which the stuffing has been removed. */
  at: usize;
  end: usize;
  /** Compressed bytes as they came, which the caller has put there. */
  raw: usize;
  rawEnd: usize;
  /** 1 when no more of them will come. */
  lastRaw: u32;
  /** Where bytes without stuffing may lie; `need` bytes more may be read, and are zeros when the segment has ended. */
  buffer: usize;
  limit: usize;
  /** Behind this there is nothing but zeros. */
  written: usize;
  /** Bytes that must be there before a unit is decoded: no unit has more. */
  need: u32;
  /** 1 when the last byte that came was 0xFF: the next one says what it means. */
  halfMarker: u32;
  /** 1 when no more bytes of this segment will come: at a marker, or at the end of the file. */
  ended: u32;
  /** The marker at which it ended; 0 at the end of the file. */
  marker: u32;
  /** 1 when more bits were read than there were: what follows in this segment is missing. */
  starved: u32;
  /** 1 when data was missing or damaged so far, of which a picture is made nevertheless. */
  incomplete: u32;
  /** Units (MCUs; blocks where a component comes alone) an interval between restart markers; 0 is none. */
  interval: u32;
  /** Units until the next restart marker, and which of the eight that is. */
  left: u32;
  restart: u32;
  /** Units a line, lines a row of MCUs, and the unit that is next. */
  columns: u32;
  lines: u32;
  column: u32;
  line: u32;
  /** Columns of units whose samples are wanted; half-open. */
  from: u32;
  to: u32;
  /** Of a progressive scan: first and last coefficient, in zigzag order, and the bit position. */
  first: u32;
  last: u32;
  shift: u32;
  /** Blocks, this one included, until the end of a run of blocks that have nothing more in this scan. */
  endOfBandRun: u32;
  /** Units that were decoded or found missing, and runs of them: what the scan has cost so far. */
  steps: u32;
  /** The components: so many records, one behind the other. */
  components: usize;
  componentCount: u32;
}

/** A component as it comes in one scan. */
@unmanaged
export class ScanComponent {
  /** Blocks a unit. */
  across: u32;
  down: u32;
  /** Tables of codes. */
  dc: usize;
  ac: usize;
  predictor: i32;
  /** Highest coefficient that is wanted, in zigzag order. */
  wanted: i32;
  /** From zigzag order to the place in a block, an unwanted coefficient to place 64: 192 bytes. */
  places: usize;
  /** Quantisation table: 64 factors in natural order. */
  quantisation: usize;
  /** Samples a block is transformed to, in each direction: 8, 4, 2 or 1. */
  side: u32;
  /** Top-left sample of this row of MCUs, of the first column that is wanted. */
  samples: usize;
  stride: usize;
  /** Coefficients of a row of MCUs: blocks of 64, line by line, and so many a line. */
  coefficients: usize;
  lineBlocks: u32;
  /** One u64 a block: bit k is set where coefficient k > 0, in zigzag order, is not zero. */
  present: usize;
  /** One bit a block, all lines in one run: whether `present` has any. */
  occupied: usize;
}

/** Bytes of a `ScanComponent`. */
export const COMPONENT_BYTES: usize = 15 * 4;

/** What a row decoder answers. */
export const ROW_DONE: u32 = 0;
/** More raw bytes are needed, or the word that there are none. */
export const NEEDS_INPUT: u32 = 1;
