import type { Trim } from "../../plan/steps.ts";
import { between } from "../between.ts";
import type { Raster } from "../raster.ts";
import type { Work } from "../work.ts";

const PIXEL = 4;

/**
 * a' = a · the part of the pixel that lies inside `to`, halves rounded up; where alpha becomes 0 the pixel is all zeros.
 *
 * Only the pixels that an edge goes through are looked at, so there is nothing here for a kernel to do.
 *
 * @param top row of the picture that the raster begins with: `to` is counted from the top of the picture
 */
export function* trimInto({ size, data }: Raster, { within, to }: Trim, top = 0): Work {
  const right = within.x + within.width;
  const first = between(Math.floor(to.x), within.x, right);
  const end = between(Math.ceil(to.x + to.width), first, right);
  const columns = Array.from({ length: end - first }, (_, column) => {
    return { x: first + column, covered: overlap(first + column, to.x, to.width) };
  });
  const edges = columns.filter(({ covered }) => covered < 1);

  for (let y = within.y; y < within.y + within.height; y++) {
    const at = (x: number) => (y * size.width + x) * PIXEL;
    const down = overlap(top + y, to.y, to.height);
    if (down === 0) {
      data.fill(0, at(within.x), at(right));
      yield within.width * PIXEL;
      continue;
    }
    data.fill(0, at(within.x), at(first));
    data.fill(0, at(end), at(right));
    const touched = down < 1 ? columns : edges;
    for (const { x, covered } of touched) fadePixelInto(data, at(x), covered * down);
    yield (within.width - columns.length + touched.length) * PIXEL;
  }
}

/** How much of the pixel `at` … `at + 1` lies in `from` … `from + length`. */
function overlap(at: number, from: number, length: number): number {
  return Math.max(0, Math.min(at + 1, from + length) - Math.max(at, from));
}

function fadePixelInto(data: Uint8Array, at: number, coverage: number): void {
  const alpha = Math.floor((data[at + 3] ?? 0) * coverage + 0.5);
  if (alpha === 0) data.fill(0, at, at + PIXEL);
  else data[at + 3] = alpha;
}
