import type { Orientation } from "../plan/orientation.ts";

/**
 * The orientation that an Exif segment (the content of APP1) gives; undefined where it gives none.
 *
 * Whatever is malformed is no orientation: a picture is not refused for its metadata.
 * Source: Exif 2.32, 4.5.2 and 4.6.4 (tag 274).
 */
export function exifOrientation(segment: DataView): Orientation | undefined {
  if (segment.byteLength < EXIF.length + TIFF_HEADER) return undefined;
  if (!EXIF.every((byte, at) => segment.getUint8(at) === byte)) return undefined;
  const tiff = new DataView(segment.buffer, segment.byteOffset + EXIF.length, segment.byteLength - EXIF.length);
  const order = tiff.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const little = order === 0x4949;
  if (tiff.getUint16(2, little) !== 42) return undefined;

  const directory = tiff.getUint32(4, little);
  if (directory < TIFF_HEADER || directory + 2 > tiff.byteLength) return undefined;
  const entries = tiff.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.byteLength) return undefined;
    if (tiff.getUint16(at, little) !== ORIENTATION) continue;
    const value = tiff.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? (value as Orientation) : undefined;
  }
  return undefined;
}

/** "Exif" and two zero bytes. */
const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0];
/** Byte order, 42, offset of the first directory. */
const TIFF_HEADER = 8;
const ORIENTATION = 274;
