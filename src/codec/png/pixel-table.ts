import type { PngColours, PngHeader } from "./header.ts";

const BYTES = 256;
const CHANNELS = 4;
const OPAQUE = 255;
const OPAQUE_BLACK = [0, 0, 0, OPAQUE] as const;

/** Bytes of the table of a picture; 0 where it has none. */
export function pixelTableBytes({ colourType, depth }: PngHeader): number {
  return colourType === 3 || depth < 8 ? (BYTES * CHANNELS * 8) / depth : 0;
}

/**
 * What every byte of a row stands for: RGBA8 pixels, as many as a byte holds. Undefined where the samples are levels.
 *
 * A gray of 1, 2 or 4 bits is scaled to 0..255, which is exact. An index that the palette does not have is an error by the
 * standard; it is opaque black here, as libpng has it, and so the browsers: the rest of the picture is worth more.
 * Source: PNG (Third Edition), 11.2.2, 11.3.1.1, 13.12.
 */
export function pixelTable(colours: PngColours): Uint8Array | undefined {
  const { header } = colours;
  const bytes = pixelTableBytes(header);
  if (bytes === 0) return undefined;
  const meaning = header.colourType === 3 ? paletteOf(colours) : graysOf(colours);
  const { depth } = header;
  const table = new Uint8Array(bytes);
  const perByte = 8 / depth;
  for (let at = 0; at < BYTES * perByte; at++) {
    const [byte, place] = [Math.floor(at / perByte), at % perByte];
    // The first pixel is in the uppermost bits.
    const value = (byte >> (8 - depth * (place + 1))) & (2 ** depth - 1);
    table.set(meaning(value), at * CHANNELS);
  }
  return table;
}

/** One pixel a value. */
type Meanings = (value: number) => readonly [red: number, green: number, blue: number, alpha: number];

function paletteOf({ palette = new Uint8Array(0), transparency }: PngColours): Meanings {
  return (index) => {
    const [red, green, blue] = palette.subarray(3 * index, 3 * index + 3);
    if (red === undefined || green === undefined || blue === undefined) return OPAQUE_BLACK;
    // Alphas may be fewer than colours.
    return [red, green, blue, transparency?.[index] ?? OPAQUE];
  };
}

function graysOf({ header, transparency }: PngColours): Meanings {
  const most = 2 ** header.depth - 1;
  // Of sixteen bits only the lower ones count.
  const key = transparency === undefined ? undefined : (transparency[1] ?? 0) & most;
  return (value) => {
    const level = (value * 255) / most;
    return [level, level, level, value === key ? 0 : OPAQUE];
  };
}
