import { Scan } from "./records";

/**
 * Takes raw bytes into the buffer of a scan, without the zeros that are stuffed behind 0xFF, up to the first marker or
 * until the buffer is full. At a marker its code is in `scan.marker`, and `scan.ended` is set; at the end of the file
 * the marker is 0.
 *
 * - 16 bytes more may be read than are there.
 * - What lies in the buffer unread is moved to its front first.
 */
export function appendBytes(scan: Scan): void {
  makeRoom(scan);
  const stop = scan.rawEnd,
    full = scan.limit - 16,
    markers = i8x16.splat(-1);
  let from = scan.raw,
    to = scan.end;
  while (from < stop && to < full) {
    if (scan.halfMarker) {
      const code = load<u8>(from++);
      // Any number of 0xFF may stand before a marker.
      if (code === 0xff) continue;
      scan.halfMarker = 0;
      if (code !== 0) {
        scan.raw = from;
        scan.marker = code;
        endSegment(scan, to);
        return;
      }
      store<u8>(to++, 0xff);
      continue;
    }
    const bytes = v128.load(from);
    const found = i8x16.bitmask(i8x16.eq(bytes, markers));
    v128.store(to, bytes);
    if (found === 0 && from + 16 <= stop) {
      from += 16;
      to += 16;
      continue;
    }
    const whole = min<usize>(found === 0 ? 16 : ctz(found), stop - from);
    from += whole;
    to += whole;
    if (from === stop || whole === 16) continue;
    // The usual case, at once: a stuffed zero.
    if (from + 1 < stop && load<u8>(from, 1) === 0) {
      to++;
      from += 2;
      continue;
    }
    from++;
    scan.halfMarker = 1;
  }
  noteWritten(scan, to);
  scan.raw = from;
  scan.end = to;
  if (from === stop && scan.lastRaw) endSegment(scan, to);
}

/** Begins anew behind a marker: nothing that was read before counts. */
export function beginSegment(scan: Scan): void {
  scan.bits = 0;
  scan.count = 0;
  scan.at = scan.end = scan.buffer;
  scan.halfMarker = scan.ended = scan.marker = scan.starved = 0;
}

/** Zeros behind the last byte: a unit that is cut off there ends in them, and none reads further. */
function endSegment(scan: Scan, end: usize): void {
  noteWritten(scan, end);
  scan.end = end;
  scan.ended = 1;
  // Behind `written` there are zeros already: segments may be many, and short.
  const stop = min(scan.written, end + scan.need);
  for (let at = end; at < stop; at += 16) v128.store(at, i64x2.splat(0));
}

/** Whole vectors are written: up to 16 bytes beyond `to`. */
function noteWritten(scan: Scan, to: usize): void {
  scan.written = max(scan.written, to + 16);
}

function makeRoom(scan: Scan): void {
  const unread = scan.end - scan.at;
  if (unread > 0) memory.copy(scan.buffer, scan.at, unread);
  scan.at = scan.buffer;
  scan.end = scan.buffer + unread;
}
