import type { Cells } from "./quantise-cells.ts";

/** Cells that lie in one box: from `start` to before `end` in the order of cells. */
interface Box {
  readonly start: number;
  readonly end: number;
  /** Where it is cut best, and by how much less its squared errors are then; 0 where it is not cut. */
  readonly axis: number;
  readonly level: number;
  readonly gain: number;
}

const LEVELS = 256;
/** What is summed up for each level of an axis: weight, and the four components. */
const SUMS = 5;
/** Samples gone through a cell and axis: as long as it takes. */
const SAMPLES = 4;

/**
 * A palette of at most so many points, as the means of boxes: the colours are cut in two, time and again, wherever it spares
 * most of the squared errors. Opaque ones and others are never in one box; where there is
 * room for one box alone it is that of the others, and without any room there is none.
 *
 * Yields samples, as all work does. Source: Xiaolin Wu, "Efficient statistical computations for optimal color quantization",
 * Graphics Gems II (1991), but for the choice of the box, which there is that of the greatest variance.
 */
export function* cutPoints(cells: Cells, most: number): Generator<number, Float64Array, undefined> {
  const sums = new Float64Array(LEVELS * SUMS);
  const boxes: Box[] = [];
  for (const [start, end] of [
    [0, cells.opaque],
    [cells.opaque, cells.count],
  ] as const) {
    if (start < end) boxes.push(boxOf(cells, start, end, sums));
  }
  // Where there is no room for the opaque ones, others have been given them.
  boxes.splice(0, Math.max(0, boxes.length - most));
  while (boxes.length < most) {
    const best = boxes.reduce((most, box, at) => (box.gain > (boxes[most]?.gain ?? 0) ? at : most), 0);
    const box = boxes[best];
    if (box === undefined || box.gain === 0) break;
    const middle = partition(cells, box);
    boxes[best] = boxOf(cells, box.start, middle, sums);
    boxes.push(boxOf(cells, middle, box.end, sums));
    yield (box.end - box.start) * SAMPLES * SAMPLES;
  }
  return Float64Array.from(boxes.flatMap((box) => meanOf(cells, box)));
}

function boxOf(cells: Cells, start: number, end: number, sums: Float64Array): Box {
  let best: Box = { start, end, axis: 0, level: 0, gain: 0 };
  for (let axis = 0; axis < 4; axis++) {
    sumUp(cells, start, end, axis, sums);
    const { level, gain } = bestCut(sums);
    if (gain > best.gain) best = { start, end, axis, level, gain };
  }
  return best;
}

/** Weights and sums of the cells of each level of an axis. */
function sumUp({ points, weights, order }: Cells, start: number, end: number, axis: number, sums: Float64Array): void {
  sums.fill(0);
  for (let place = start; place < end; place++) {
    const cell = order[place] ?? 0;
    const weight = weights[cell] ?? 0;
    const to = Math.floor(points[cell * 4 + axis] ?? 0) * SUMS;
    sums[to] = (sums[to] ?? 0) + weight;
    for (let component = 0; component < 4; component++) {
      const sum = sums[to + 1 + component] ?? 0;
      sums[to + 1 + component] = sum + weight * (points[cell * 4 + component] ?? 0);
    }
  }
}

/** The level behind which to cut. Squared errors fall by what Σ|sum|² / weight of the parts is more than that of the whole. */
function bestCut(sums: Float64Array): Pick<Box, "level" | "gain"> {
  const whole = new Float64Array(SUMS);
  for (let at = 0; at < sums.length; at++) whole[at % SUMS] = (whole[at % SUMS] ?? 0) + (sums[at] ?? 0);
  const [all = 0, ...totals] = whole;
  const before = totals.reduce((sum, total) => sum + total * total, 0) / all;
  const below = new Float64Array(SUMS);
  let best = { level: 0, gain: 0 };
  for (let level = 0; level < LEVELS; level++) {
    const at = level * SUMS;
    const weight = sums[at] ?? 0;
    if (weight === 0) continue;
    for (let field = 0; field < SUMS; field++) below[field] = (below[field] ?? 0) + (sums[at + field] ?? 0);
    const under = below[0] ?? 0;
    if (under === all) break;
    let [lower, upper] = [0, 0];
    for (let component = 1; component < SUMS; component++) {
      const part = below[component] ?? 0;
      const rest = (whole[component] ?? 0) - part;
      lower += part * part;
      upper += rest * rest;
    }
    const gain = lower / under + upper / (all - under) - before;
    if (gain > best.gain) best = { level, gain };
  }
  return best;
}

/** Puts the cells up to the level of the cut before the others; where those begin. */
function partition({ points, order }: Cells, { start, end, axis, level }: Box): number {
  let middle = start;
  for (let place = start; place < end; place++) {
    const cell = order[place] ?? 0;
    if (Math.floor(points[cell * 4 + axis] ?? 0) > level) continue;
    order[place] = order[middle] ?? 0;
    order[middle++] = cell;
  }
  return middle;
}

function meanOf({ points, weights, order }: Cells, { start, end }: Box): readonly number[] {
  const sums = [0, 0, 0, 0];
  let weight = 0;
  for (let place = start; place < end; place++) {
    const cell = order[place] ?? 0;
    const times = weights[cell] ?? 0;
    weight += times;
    for (let component = 0; component < 4; component++) {
      sums[component] = (sums[component] ?? 0) + times * (points[cell * 4 + component] ?? 0);
    }
  }
  return sums.map((sum) => sum / weight);
}
