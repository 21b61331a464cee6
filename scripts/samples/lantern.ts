import { clearWay, type Seen, trace } from "./lantern/trace.ts";
import { rgbaPng } from "./png.ts";

const WIDTH = 900;
const HEIGHT = 1200;

/** Pixels to the lantern's unit, and the pixel where the middle of its foot stands. */
const SCALE = 432;
const FOOT = { x: 425, y: 1080 };

/** Where a pixel on an edge is sampled, in eighths: no two in one row or column, as queens on a chessboard. */
const QUEENS = [0, 4, 7, 5, 2, 6, 1, 3];

/** More than this between neighbours, of 255, is an edge as well, such as that of a reflection. */
const CONTRAST = 40;

/** A fully transparent pixel shows nothing; one that bleeds into its neighbours when resampled shows up at once. */
const GARISH = [255, 0, 255] as const;

type Look = (x: number, y: number) => Seen;

/** A paraffin lantern, cut out: solid metal, thin wires, glass to look through, a glow and a soft shadow. */
export function lantern(): Uint8Array {
  const rgba = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  const look = camera();
  let above: readonly Seen[] = [];
  let row = lookAlong(look, 0);
  for (let y = 0; y < HEIGHT; y++) {
    const below = lookAlong(look, y + 1);
    for (const [x, seen] of row.entries()) {
      const around = [row[x - 1], row[x + 1], above[x], below[x]];
      const edge = around.some((other) => other !== undefined && differs(seen, other));
      write(rgba, (y * WIDTH + x) * 4, edge ? closerLook(look, x, y) : [seen]);
    }
    [above, row] = [row, below];
  }
  return rgbaPng(rgba, WIDTH, HEIGHT);
}

/** Looks at spots given in pixels; finds the clear way for each block of pixels when it first looks there. */
function camera(): Look {
  const block = 8;
  const ways = new Map<number, number | undefined>();
  const across = (x: number): number => (x - FOOT.x) / SCALE;
  const up = (y: number): number => (FOOT.y - y) / SCALE;
  return (x, y) => {
    const column = Math.floor(x / block);
    const row = Math.floor(y / block);
    const key = row * WIDTH + column;
    if (!ways.has(key)) {
      const reach = (block * Math.SQRT1_2) / SCALE;
      ways.set(key, clearWay(across((column + 0.5) * block), up((row + 0.5) * block), reach));
    }
    return trace(across(x), up(y), ways.get(key));
  };
}

function lookAlong(look: Look, y: number): readonly Seen[] {
  return Array.from({ length: WIDTH }, (_, x) => look(x + 0.5, y + 0.5));
}

function closerLook(look: Look, x: number, y: number): readonly Seen[] {
  return QUEENS.map((row, column) => look(x + (column + 0.5) / 8, y + (row + 0.5) / 8));
}

function differs(a: Seen, b: Seen): boolean {
  if (a.material !== b.material || a.layers !== b.layers) return true;
  return a.colour.some((value, c) => Math.abs(value - (b.colour[c] ?? 0)) > CONTRAST);
}

/** Writes the mean of what is seen; it is taken of weighted colours, as in any resampling that alpha survives. */
function write(rgba: Uint8ClampedArray, o: number, seen: readonly Seen[]): void {
  const sum = seen.reduce((total, { alpha }) => total + alpha, 0);
  const alpha = (sum / seen.length) * 255;
  // Up to exactly a half, alpha is stored as 0.
  const shows = alpha > 0.5;
  for (let c = 0; c < 3; c++) {
    rgba[o + c] = shows ? seen.reduce((total, { colour }) => total + (colour[c] ?? 0), 0) / sum : (GARISH[c] ?? 0);
  }
  rgba[o + 3] = alpha;
}
