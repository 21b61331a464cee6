/**
 * A colour is a number of 32 bits, as the memory of a raster has it: red lowest, alpha on top. A palette is a list of them,
 * none twice.
 */
export type Colour = number;

export function colourOf(red: number, green: number, blue: number, alpha = 255): Colour {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** What every component of a colour can be that all browsers of 1996 had. */
const STEPS = [0xff, 0xcc, 0x99, 0x66, 0x33, 0x00];
/** What lies between them, less two of three that the cube has already. */
const BETWEEN = [0xee, 0xdd, 0xbb, 0xaa, 0x88, 0x77, 0x55, 0x44, 0x22, 0x11];

const CUBE: readonly Colour[] = STEPS.flatMap((red) =>
  STEPS.flatMap((green) => STEPS.map((blue) => colourOf(red, green, blue))),
);

/**
 * Palettes that are the same for every picture.
 *
 * `web`: the 216 colours of six levels each. `mac`: the system palette of the Macintosh for eight bits, `clut` 8: the same
 * cube, then ramps of red, green, blue and gray, and black at the end. Source: Apple, Inside Macintosh: Imaging With
 * QuickDraw (1994), chapter 4, default color tables.
 */
export const FIXED_PALETTES: Readonly<Record<"web" | "mac", readonly Colour[]>> = {
  web: CUBE,
  mac: [
    ...CUBE.slice(0, -1),
    ...BETWEEN.map((level) => colourOf(level, 0, 0)),
    ...BETWEEN.map((level) => colourOf(0, level, 0)),
    ...BETWEEN.map((level) => colourOf(0, 0, level)),
    ...BETWEEN.map((level) => colourOf(level, level, level)),
    colourOf(0, 0, 0),
  ],
};
