import type { Size } from "../../plan/size.ts";

/** What IHDR says. Source: PNG (Third Edition), 11.2.1. */
export interface PngHeader {
  readonly size: Size;
  readonly depth: 1 | 2 | 4 | 8 | 16;
  readonly colourType: ColourType;
  readonly interlaced: boolean;
}

/** Gray, RGB, palette, gray with alpha, RGB with alpha. */
export type ColourType = 0 | 2 | 3 | 4 | 6;

/** What the samples of a picture mean. */
export interface PngColours {
  readonly header: PngHeader;
  /** The content of PLTE: three bytes a colour; absent where it is not needed. */
  readonly palette?: Uint8Array;
  /** The content of tRNS: of a palette an alpha a colour, else the one gray or colour that is transparent, 16 bits a sample. */
  readonly transparency?: Uint8Array;
}
