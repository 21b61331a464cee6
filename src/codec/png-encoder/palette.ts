import type { Raster } from "../../pixels/raster.ts";
import { ColourTable, MOST_COLOURS } from "./colour-table.ts";

/** The colours of a picture, each with its alpha: those that are not opaque stand first. */
export interface Palette {
  /** Words of 32 bits: red lowest, alpha highest, as they lie in a raster. */
  readonly colours: Uint32Array;
  /** Bits of a pixel: the fewest that suffice. */
  readonly depth: 1 | 2 | 4 | 8;
  /** The number of a colour that is in it. */
  numberOf(colour: number): number;
}

/**
 * The palette of a picture of at most `most` colours; undefined for one of more, which is seen at the first colour too
 * many. Colours that cannot be seen are told apart as well: nothing of the picture changes.
 *
 * Opaque ones are last, so that tRNS ends before them, and within both kinds they come as in the picture.
 */
export function paletteOf(raster: Raster, most = MOST_COLOURS): Palette | undefined {
  const table = new ColourTable();
  let last = -1;
  for (const colour of pixelsOf(raster)) {
    // Neighbours are mostly the same where there are few colours.
    if (colour === last) continue;
    last = colour;
    if (table.numberOf(colour) >= 0) continue;
    if (table.count === most) return undefined;
    table.add(colour);
  }
  const { colours } = table;
  const sorted = Uint32Array.from([...colours.filter((each) => !isOpaque(each)), ...colours.filter(isOpaque)]);
  const numbers = new ColourTable();
  for (const colour of sorted) numbers.add(colour);
  return { colours: sorted, depth: depthOf(sorted.length), numberOf: (colour) => numbers.numberOf(colour) };
}

/** The pixels of a raster: little-endian everywhere WebAssembly runs. */
export function pixelsOf({ data }: Raster): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
}

export function isOpaque(colour: number): boolean {
  return colour >>> 24 === 255;
}

function depthOf(colours: number): Palette["depth"] {
  if (colours <= 2) return 1;
  if (colours <= 4) return 2;
  return colours <= 16 ? 4 : 8;
}
