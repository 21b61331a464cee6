import { broken } from "./broken.ts";
import { COLOUR_TYPES } from "./colours.ts";
import type { ColourType, PngHeader } from "./header.ts";

/** Its length. */
export const IHDR_BYTES = 13;
const MOST = 2 ** 31 - 1;

/**
 * Reads the content of IHDR.
 *
 * @throws Fault where it says what cannot be. Source: PNG (Third Edition), 11.2.1
 */
export function readIhdr(content: DataView): PngHeader {
  const width = content.getUint32(0);
  const height = content.getUint32(4);
  const [depth, colourType] = [content.getUint8(8), content.getUint8(9)];
  const [compression, filter, interlace] = [content.getUint8(10), content.getUint8(11), content.getUint8(12)];
  if (width === 0 || height === 0 || width > MOST || height > MOST) {
    throw broken(`${width} × ${height} pixels in its header`);
  }
  if (!isColourType(colourType) || !isDepth(depth, colourType)) {
    throw broken(`colour type ${colourType} with ${depth} bits in its header`);
  }
  if (compression !== 0 || filter !== 0 || interlace > 1) {
    throw broken(`compression ${compression}, filter ${filter}, interlace ${interlace} in its header`);
  }
  return { size: { width, height }, depth, colourType, interlaced: interlace === 1 };
}

function isColourType(value: number): value is ColourType {
  return value in COLOUR_TYPES;
}

function isDepth(value: number, colourType: ColourType): value is PngHeader["depth"] {
  return COLOUR_TYPES[colourType].depths.includes(value);
}
