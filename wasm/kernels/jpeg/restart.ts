import { appendBytes, beginSegment } from "./append";
import { COMPONENT_BYTES, Scan, ScanComponent } from "./records";

/** Markers: restarts are RST0 to RST7, and there are none below SOF0. */
const SOF0: u32 = 0xc0;
const RST0: u32 = 0xd0;
const RST7: u32 = 0xd7;

function isRestart(marker: u32): bool {
  return marker >= RST0 && marker <= RST7;
}

/** Whether a scan ends at this marker for good, or at the end of the file. Others are damage, and passed. */
export function endsScan(marker: u32): bool {
  return marker === 0 || (marker >= SOF0 && !isRestart(marker));
}

/**
 * Goes on behind the next restart marker. Where it is missing or another one has come, the interval that is due may be
 * lost, and the one that was found is kept. Source: libjpeg, jpeg_resync_to_restart in jdmarker.c.
 *
 * @returns false where raw bytes must come first; then it is asked again
 */
export function restart(scan: Scan): bool {
  for (;;) {
    while (!scan.ended) {
      if (scan.raw === scan.rawEnd && !scan.lastRaw) return false;
      scan.at = scan.end;
      appendBytes(scan);
    }
    const marker = scan.marker;
    const ahead = (marker - RST0 - scan.restart) & 7;
    const known = isRestart(marker);
    if (known && ahead === 0) {
      beginSegment(scan);
      break;
    }
    scan.incomplete = 1;
    if (known ? ahead <= 2 : endsScan(marker)) {
      // One of the next two, or no restart at all, stays for later: there are no bits for this interval.
      scan.bits = 0;
      scan.count = 0;
      scan.at = scan.end;
      break;
    }
    beginSegment(scan);
    // One of the last two, or no marker at all: the right one may come behind it. Any other is as good as the right one.
    if (known && ahead < 6) break;
  }

  const end = scan.components + <usize>scan.componentCount * COMPONENT_BYTES;
  for (let at = scan.components; at < end; at += COMPONENT_BYTES) changetype<ScanComponent>(at).predictor = 0;
  scan.left = scan.interval;
  scan.restart = (scan.restart + 1) & 7;
  scan.endOfBandRun = 0;
  return true;
}
