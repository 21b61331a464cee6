import type { Point } from "../../src/plan/size.ts";
import { ZIGZAG } from "./jpeg-annex-k.ts";
import type { JpegContents } from "./jpeg-file.ts";
import { type BlockGrid, mostSampled } from "./jpeg-scan.ts";

export type Shrink = 1 | 2 | 4 | 8;

/** Samples of one component, 0 to 255, without what pads it to whole blocks. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly samples: Uint8Array;
}

/**
 * The planes of all components, each of the size of the shrunk picture.
 *
 * A block gives N × N samples, N = 8 / shrink, or twice that, or four times, where that spares upsampling: as long as both
 * ratios of the component to the most sampled one can be halved. Source: libjpeg's jdmaster.c, jpeg_calc_output_dimensions.
 */
export function planesOf({ frame, grids, quantisers }: JpegContents, shrink: Shrink): readonly Plane[] {
  const most = mostSampled(frame.components);
  const least = 8 / shrink;
  const size = { width: Math.ceil(frame.size.width / shrink), height: Math.ceil(frame.size.height / shrink) };
  return frame.components.map(({ h, v }, at) => {
    const grid = grids[at];
    if (grid === undefined) throw new Error("a component without blocks");
    let n = least;
    while (n < 8 && (most.h * least) % (h * n * 2) === 0 && (most.v * least) % (v * n * 2) === 0) n *= 2;
    const plane = transformed(grid, quantisers[at], n, {
      width: Math.ceil((frame.size.width * h * n) / (most.h * 8)),
      height: Math.ceil((frame.size.height * v * n) / (most.v * 8)),
    });
    return upsampled(plane, { x: h * n, y: v * n }, { x: most.h * least, y: most.v * least }, size);
  });
}

interface Area {
  readonly width: number;
  readonly height: number;
}

/** The inverse DCT of every block. A component that no scan told anything about is gray. */
function transformed(
  { across, blocks }: BlockGrid,
  quantiser: readonly number[] | undefined,
  n: number,
  { width, height }: Area,
): Plane {
  const samples = new Uint8Array(width * height);
  const table = quantiser ?? new Array<number>(64).fill(0);
  for (let blockY = 0; blockY * n < height; blockY++) {
    for (let blockX = 0; blockX * n < width; blockX++) {
      const block = inverseDct(blocks[blockY * across + blockX] ?? new Int16Array(64), table, n);
      for (let y = 0; y < n && blockY * n + y < height; y++) {
        const row = block.subarray(y * n, Math.min((y + 1) * n, y * n + width - blockX * n));
        samples.set(row.map(sample), (blockY * n + y) * width + blockX * n);
      }
    }
  }
  return { width, height, samples };
}

/** Halves are rounded up. */
function sample(value: number): number {
  return Math.min(255, Math.max(0, Math.floor(value + 128.5)));
}

/**
 * The inverse DCT of N points of a block's N × N lowest coefficients, by its definition. It keeps the mean of the block.
 * Source: ITU-T T.81, A.3.3, with N for 8 in the cosines.
 */
function inverseDct(block: Int16Array, quantiser: readonly number[], n: number): Float64Array {
  const result = new Float64Array(n * n);
  const waves = WAVES.get(n) ?? wavesOf(n);
  for (const [k, quantised] of block.entries()) {
    if (quantised === 0) continue;
    const [u, v] = [(ZIGZAG[k] ?? 0) % 8, Math.floor((ZIGZAG[k] ?? 0) / 8)];
    if (u >= n || v >= n) continue;
    const coefficient = quantised * (quantiser[k] ?? 0);
    for (let y = 0; y < n; y++) {
      for (let x = 0; x < n; x++) {
        const wave = (waves[u * n + x] ?? 0) * (waves[v * n + y] ?? 0);
        result[y * n + x] = (result[y * n + x] ?? 0) + coefficient * wave;
      }
    }
  }
  return result;
}

/** Cosines of N points: row u has the wave of frequency u. */
function wavesOf(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, place) => {
    const [u, x] = [Math.floor(place / n), place % n];
    return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / (2 * n));
  });
}

const WAVES: ReadonlyMap<number, Float64Array> = new Map([1, 2, 4, 8].map((n) => [n, wavesOf(n)]));

/**
 * A plane stretched by `to` / `from` to the size of the picture: interpolated where it has half the samples across, down
 * or both ways, and repeated for every other ratio. Beyond an edge lies what lies at the edge.
 *
 * The biases alternate, so that halves are not always rounded up. Source: libjpeg-turbo's jdsample.c. At 1/8 libjpeg
 * repeats whatever the ratio, as it cannot look at the next row there; that is a limit of its buffers, and none of ours.
 */
function upsampled(plane: Plane, from: Point, to: Point, size: Area): Plane {
  const at = (x: number, y: number) => {
    const column = Math.min(Math.max(x, 0), plane.width - 1);
    return plane.samples[Math.min(Math.max(y, 0), plane.height - 1) * plane.width + column] ?? 0;
  };
  /** The sample on the other side of which an output sample lies nearer: left and above for even ones. */
  const beside = (output: number) => (output >> 1) + (output % 2 === 0 ? -1 : 1);
  // libjpeg repeats the samples of planes that are too narrow for its loops.
  const kind = to.x === from.x || plane.width > 2 ? `${to.x / from.x}:${to.y / from.y}` : "";
  const value = (x: number, y: number): number => {
    const [nearX, nearY] = [x >> 1, y >> 1];
    if (kind === "2:1") return (3 * at(nearX, y) + at(beside(x), y) + 1 + (x % 2)) >> 2;
    if (kind === "1:2") return (3 * at(x, nearY) + at(x, beside(y)) + 1 + (y % 2)) >> 2;
    if (kind === "2:2") {
      const column = (column: number) => 3 * at(column, nearY) + at(column, beside(y));
      return (3 * column(nearX) + column(beside(x)) + 8 - (x % 2)) >> 4;
    }
    return at(Math.floor((x * from.x) / to.x), Math.floor((y * from.y) / to.y));
  };
  const samples = new Uint8Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) samples[y * size.width + x] = value(x, y);
  }
  return { ...size, samples };
}
