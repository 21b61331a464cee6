/** Files that catalogs are made of; real ones have a handful. */
export const MOST_FILES = 1000;
/**
 * Bytes of all files together; 50,000 records take ten million. While files are replaced, the old and the new ones are both held:
 * that is half of the 128 MB of an isolate.
 */
export const MOST_BYTES = 32 * 1_048_576;
