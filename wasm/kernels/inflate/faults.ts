/** What is wrong with a stream. The numbers stand once more in src/codec/png/inflation-faults.ts, with words. */
export const BAD_HEADER_CHECK: u32 = 16;
export const BAD_METHOD: u32 = 17;
export const BAD_WINDOW: u32 = 18;
export const WANTS_DICTIONARY: u32 = 19;
export const BAD_BLOCK_TYPE: u32 = 20;
export const BAD_STORED_LENGTH: u32 = 21;
export const TOO_MANY_CODES: u32 = 22;
export const BAD_CODE_LENGTHS: u32 = 23;
export const BAD_REPEAT: u32 = 24;
export const NO_END_OF_BLOCK: u32 = 25;
export const BAD_LITERAL_CODES: u32 = 26;
export const BAD_DISTANCE_CODES: u32 = 27;
export const BAD_LITERAL: u32 = 28;
export const BAD_DISTANCE: u32 = 29;
export const DISTANCE_TOO_FAR: u32 = 30;
export const BAD_CHECKSUM: u32 = 31;
