import type { Orientation } from "../../plan/orientation.ts";
import { resolutionOfJfif } from "../density.ts";
import { type Exif, exifOf } from "../exif.ts";
import type { Wanted } from "../sniffing.ts";
import { broken, unsupported } from "./broken.ts";
import { type Frame, readFrame } from "./frame.ts";
import { FILL, FRAMES, isBare, MARKER } from "./markers.ts";
import { readScanHeader, type ScanHeader } from "./scan-header.ts";
import { isOfTables, noTables, readTables, type Tables } from "./tables.ts";

/** All that stands before the first coded byte. */
export interface JpegHeader {
  readonly frame: Frame;
  readonly tables: Tables;
  readonly scan: ScanHeader;
  readonly jfif: boolean;
  /** The colour transform that Adobe's segment tells; undefined without one. */
  readonly adobeTransform: number | undefined;
  readonly orientation: Orientation;
  /** Across, in dots per inch: that of JFIF, else that of Exif; undefined without either. */
  readonly resolution: number | undefined;
  /** Where the coded bytes of the first scan begin. */
  readonly dataAt: number;
}

/**
 * Reads the segments up to the first scan: yields the stretches of the file that it wants, and is given exactly those.
 *
 * @throws Fault where they are damaged or speak of a kind of picture that is not supported. Source: ITU-T T.81, B.2
 */
export function* readHeader(): Generator<Wanted, JpegHeader, DataView> {
  const tables = noTables();
  const said: { jfif: boolean; jfifResolution?: number; adobeTransform?: number; exif: Exif } = {
    jfif: false,
    exif: {},
  };
  let frame: Frame | undefined;
  for (let at = 2; ; ) {
    const start = yield { at, length: 2 };
    const marker = start.getUint8(1);
    if (start.getUint8(0) !== FILL) throw broken(`something else than a marker at byte ${at}`);
    if (marker === FILL || isBare(marker)) {
      at += marker === FILL ? 1 : 2;
      continue;
    }
    const refused = FRAMES.get(marker)?.refused;
    if (refused !== undefined) throw unsupported(refused);
    if (marker === MARKER.EOI) throw broken("an end before its first scan");

    const length = (yield { at: at + 2, length: 2 }).getUint16(0) - 2;
    if (length < 0) throw broken(`a segment of ${length + 2} bytes at byte ${at}`);
    const content: Wanted = { at: at + 4, length };
    at += 4 + length;

    if (isOfTables(marker)) {
      readTables(marker, yield content, tables);
    } else if (FRAMES.has(marker)) {
      if (frame !== undefined) throw broken("a second frame header");
      frame = readFrame(marker, yield content);
    } else if (marker === MARKER.SOS) {
      if (frame === undefined) throw broken("a scan before its frame header");
      const scan = readScanHeader(yield content, frame);
      const { jfif, adobeTransform, jfifResolution, exif } = said;
      const { orientation = 1, resolution } = exif;
      return {
        ...{ frame, tables, scan, jfif, adobeTransform, orientation },
        resolution: jfifResolution ?? resolution,
        dataAt: at,
      };
    } else if (marker === MARKER.APP0) {
      const segment = yield content;
      if (beginsWith(segment, "JFIF\0")) {
        said.jfif = true;
        const resolution = resolutionOfJfif(segment);
        if (resolution !== undefined) said.jfifResolution ??= resolution;
      }
    } else if (marker === MARKER.APP1) {
      // Of either the first that is told counts.
      said.exif = { ...exifOf(yield content), ...said.exif };
    } else if (marker === MARKER.APP14) {
      const transform = adobeTransformOf(yield content);
      if (transform !== undefined) said.adobeTransform = transform;
    }
  }
}

/** "Adobe", version, two words of flags, transform. Source: ITU-T T.872, 6.5.3. */
function adobeTransformOf(segment: DataView): number | undefined {
  return segment.byteLength >= 12 && beginsWith(segment, "Adobe") ? segment.getUint8(11) : undefined;
}

function beginsWith(segment: DataView, text: string): boolean {
  return (
    segment.byteLength >= text.length && [...text].every((char, at) => segment.getUint8(at) === char.charCodeAt(0))
  );
}
