import { disc } from "./draw.ts";
import { palettePng } from "./png.ts";
import { peek, surface } from "./surface.ts";

/** As large as the badge: a mask has the size of its picture. */
const SIZE = 160;
const MIDDLE = SIZE / 2;
/** Inside the badge's rim, of which the mask leaves nothing. */
const RADIUS = 62;

const GRAYS = Array.from({ length: 256 }, (_, level) => [level, level, level] as const);

/** A mask for the badge: its inner disc, with soft edges. Without alpha, which would be the mask in place of its grays. */
export function badgeDisc(): Uint8Array {
  const cover = surface(SIZE, SIZE);
  disc(cover, MIDDLE, MIDDLE, RADIUS, [1, 1, 1]);
  const levels = Uint8Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [covered] = peek(cover, i % SIZE, Math.floor(i / SIZE));
    return Math.round(covered * 255);
  });
  return palettePng(levels, SIZE, SIZE, GRAYS, []);
}
