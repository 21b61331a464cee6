import { turned } from "../plan/orientation.ts";
import { broken } from "./jpeg/broken.ts";
import { type JpegHeader, readHeader } from "./jpeg/header.ts";
import { FILL, isRestart, MARKER } from "./jpeg/markers.ts";
import type { Sniffing, Wanted } from "./sniffing.ts";

/** Reads the segments up to the first scan, and behind that one where the height comes there. */
export function* sniffJpeg(): Sniffing {
  const header = yield* readHeader();
  const { frame, orientation, resolution, scan } = header;
  const height = frame.size.height === 0 ? yield* heightBehindScan(header) : frame.size.height;
  const { width } = frame.size;
  return {
    format: "jpeg",
    size: turned({ width, height }, orientation),
    orientation,
    alpha: false,
    ...(resolution === undefined ? {} : { resolution }),
    jpeg: {
      wholeFile: frame.progressive || scan.parts.length < frame.components.length,
      sampling: frame.components.map(({ across, down }) => ({ across, down })),
    },
  };
}

/** Bytes in which a marker is looked for at a time. */
const STRETCH = 65_536;

/** Finds DNL, which stands behind the first scan where the frame header has no height. Source: ITU-T T.81, B.2.5. */
function* heightBehindScan({ dataAt }: JpegHeader): Generator<Wanted, number, DataView> {
  for (let at = dataAt; ; ) {
    const stretch = yield { at, length: STRETCH, orLess: true };
    if (stretch.byteLength < 2) throw broken("no height");
    const found = markerIn(stretch);
    if (found === undefined) {
      // The last byte may be the first one of a marker.
      at += stretch.byteLength - 1;
      continue;
    }
    const height = found.marker === MARKER.DNL ? (yield { at: at + found.at + 4, length: 2 }).getUint16(0) : 0;
    if (height === 0) throw broken("no height");
    return height;
  }
}

/** The first marker that ends a scan. */
function markerIn(data: DataView): { readonly at: number; readonly marker: number } | undefined {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  for (let at = bytes.indexOf(FILL); at >= 0; at = bytes.indexOf(FILL, at + 1)) {
    const marker = bytes[at + 1];
    if (marker !== undefined && marker >= MARKER.SOF0 && marker !== FILL && !isRestart(marker)) return { at, marker };
  }
  return undefined;
}
