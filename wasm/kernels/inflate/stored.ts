import { GOES_ON, IS_CUT, IS_FULL, NEEDS_INPUT, PHASE_BLOCK, ZlibStream } from "./records";

/** Copies the bytes of a stored block, as far as there are bytes and room. */
export function copyStored(stream: ZlibStream): u32 {
  const wanted = <usize>stream.stored;
  const there = stream.end - stream.at;
  // A match may have gone beyond the limit.
  const room = stream.to < stream.limit ? stream.limit - stream.to : 0;
  const count = min(wanted, min(there, room));
  memory.copy(stream.to, stream.at, count);
  stream.at += count;
  stream.to += count;
  stream.stored -= <u32>count;
  if (count === wanted) {
    stream.phase = PHASE_BLOCK;
    return GOES_ON;
  }
  if (count === room) return IS_FULL;
  return stream.isLast ? IS_CUT : NEEDS_INPUT;
}
