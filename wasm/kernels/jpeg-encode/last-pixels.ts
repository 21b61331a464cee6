const PIXELS: usize = memory.data(64, 16);

/**
 * The last `count` pixels of a row, 1..15, and the last of them repeated: sixteen in all. The edges of a picture are
 * repeated to whole blocks. Source: libjpeg, expand_right_edge in jcsample.c.
 *
 * @returns the byte address of 64 bytes, good until the next call
 */
export function lastPixels(from: usize, count: u32): usize {
  memory.copy(PIXELS, from, (<usize>count) << 2);
  const last = load<u32>(from + ((<usize>(count - 1)) << 2));
  for (let at = (<usize>count) << 2; at < 64; at += 4) store<u32>(PIXELS + at, last);
  return PIXELS;
}
