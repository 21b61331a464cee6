import type { Orientation } from "../plan/orientation.ts";

/** What Exif says of a picture, as far as it is used here. */
export interface Exif {
  readonly orientation?: Orientation;
  /** Across, in dots per inch; above 0. */
  readonly resolution?: number;
}

/** "Exif" and two zero bytes. */
const IDENTIFIER = [0x45, 0x78, 0x69, 0x66, 0, 0];

/**
 * What an Exif segment (the content of APP1) says; nothing where it is none.
 *
 * Source: Exif 2.32, 4.5.2 and 4.6.4.
 */
export function exifOf(segment: DataView): Exif {
  const { length } = IDENTIFIER;
  if (segment.byteLength < length || IDENTIFIER.some((byte, at) => segment.getUint8(at) !== byte)) return {};
  return tiffOf(new DataView(segment.buffer, segment.byteOffset + length, segment.byteLength - length));
}

/** Byte order, 42, offset of the first directory. */
const HEADER = 8;
const ENTRY = 12;
const TAG = { orientation: 274, xResolution: 282, resolutionUnit: 296 } as const;

/**
 * What the first directory of a TIFF says.
 *
 * Whatever is malformed says nothing: a picture is not refused for its metadata.
 */
export function tiffOf(tiff: DataView): Exif {
  if (tiff.byteLength < HEADER) return {};
  const order = tiff.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return {};
  const little = order === 0x4949;
  if (tiff.getUint16(2, little) !== 42) return {};

  const directory = tiff.getUint32(4, little);
  if (directory < HEADER || directory + 2 > tiff.byteLength) return {};
  // Of a tag that comes twice the first one counts.
  const places = new Map<number, number>();
  const entries = tiff.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * ENTRY;
    if (at + ENTRY > tiff.byteLength) break;
    const tag = tiff.getUint16(at, little);
    if (!places.has(tag)) places.set(tag, at + 8);
  }

  const short = (tag: number) => {
    const at = places.get(tag);
    return at === undefined ? undefined : tiff.getUint16(at, little);
  };
  const orientation = short(TAG.orientation) ?? 0;
  const resolution = dpiOf(rationalAt(tiff, places.get(TAG.xResolution), little), short(TAG.resolutionUnit));
  return {
    ...(orientation >= 1 && orientation <= 8 ? { orientation: orientation as Orientation } : {}),
    ...(resolution === undefined ? {} : { resolution }),
  };
}

/** The unsigned fraction whose offset stands at a place. */
function rationalAt(tiff: DataView, place: number | undefined, little: boolean): number | undefined {
  if (place === undefined) return undefined;
  const at = tiff.getUint32(place, little);
  return at + 8 > tiff.byteLength ? undefined : tiff.getUint32(at, little) / tiff.getUint32(at + 4, little);
}

const INCH = 2;
/** Unit → how many of it are an inch. Source: Exif 2.32, 4.6.4 (tag 296); a file that names none means inches. */
const PER_INCH: ReadonlyMap<number, number> = new Map([
  [INCH, 1],
  [3, 2.54],
]);

function dpiOf(density: number | undefined, unit = INCH): number | undefined {
  const dpi = (density ?? 0) * (PER_INCH.get(unit) ?? 0);
  return dpi > 0 && Number.isFinite(dpi) ? dpi : undefined;
}
