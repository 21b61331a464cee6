/** How formats are tagged with a resolution, in dots per inch. */

/** The segment that libjpeg writes behind SOI: marker and length, "JFIF", version; then units and two densities. */
const JFIF = [0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0];
const JFIF_AT = 2;
const UNITS_AT = 13;
const DOTS_PER_INCH = 1;
const MOST_JFIF = 65_535;

/**
 * Writes a resolution into the JFIF segment of a JPEG file, rounded to 1..65535.
 *
 * The file begins with SOI and that segment, as libjpeg writes it. Source: ITU-T T.871, 10.1.
 */
export function tagJfifInto(file: Uint8Array, dpi: number): void {
  if (JFIF.some((byte, at) => file[JFIF_AT + at] !== byte)) throw new TypeError("a JPEG without a JFIF segment");
  const density = clamped(dpi, MOST_JFIF);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  view.setUint8(UNITS_AT, DOTS_PER_INCH);
  view.setUint16(UNITS_AT + 1, density);
  view.setUint16(UNITS_AT + 3, density);
}

const METRES_PER_INCH = 0.0254;
const METRE = 1;
const MOST_PHYS = 2 ** 31 - 1;

/** The content of a pHYs chunk: pixels per metre, rounded, in both directions. Source: PNG (Third Edition), 11.3.4.3. */
export function physOf(dpi: number): Uint8Array<ArrayBuffer> {
  const density = clamped(dpi / METRES_PER_INCH, MOST_PHYS);
  const content = new Uint8Array(9);
  const view = new DataView(content.buffer);
  view.setUint32(0, density);
  view.setUint32(4, density);
  view.setUint8(8, METRE);
  return content;
}

/** The resolution that a pHYs chunk gives, across; undefined where it gives only the shape of a pixel. */
export function resolutionOfPhys(content: DataView): number | undefined {
  if (content.getUint8(8) !== METRE) return undefined;
  return known(content.getUint32(0) * METRES_PER_INCH);
}

const CENTIMETRES_PER_INCH = 2.54;

/** The resolution that a JFIF segment (the content of APP0) gives, across; undefined where it gives none. */
export function resolutionOfJfif(segment: DataView): number | undefined {
  const at = UNITS_AT - JFIF_AT - 4;
  if (segment.byteLength < at + 5) return undefined;
  const units = segment.getUint8(at);
  const density = segment.getUint16(at + 1);
  if (units === DOTS_PER_INCH) return known(density);
  return units === 2 ? known(density * CENTIMETRES_PER_INCH) : undefined;
}

function clamped(density: number, most: number): number {
  return Math.min(Math.max(Math.round(density), 1), most);
}

function known(dpi: number): number | undefined {
  return dpi > 0 ? dpi : undefined;
}
