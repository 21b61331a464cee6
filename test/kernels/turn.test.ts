import { describe, expect, test } from "vitest";
import { phasesOf } from "../../src/pixels/steps/turn-phases.ts";
import { blended } from "../oracle/rows.ts";
import { type TileJob, turnedTile } from "../oracle/turn.ts";
import { ALIGNMENTS, floatsIn, guarded, guardedCopy, LENGTHS, MATRIX, roomyKernels } from "../support/guarded.ts";
import { expectNear } from "../support/near.ts";
import { randomBytes } from "../support/random.ts";

const kernels = roomyKernels();
const WEIGHTS = phasesOf("bicub");
/** Far from every side. */
const INSIDE = [50, 50, 50, 50, 0, 0, 0, 0, 0, 0, 0, 0];

function turn(job: TileJob, alignment = 0): Uint8Array {
  kernels.clear();
  const pixels = guardedCopy(kernels, Float32Array.from(job.pixels));
  const weights = guardedCopy(kernels, Float32Array.from(job.weights));
  const places = new Uint8Array(Float64Array.from(job.places).buffer);
  const distances = new Uint8Array(Float32Array.from(job.distances).buffer);
  const map = guardedCopy(kernels, Uint8Array.of(...places, ...distances));
  const { width, height } = job.size;
  const to = guarded(kernels, width * height * 4, alignment);
  kernels.run.turnTile(pixels.address, job.stride * 16, weights.address, map.address, to.address, width, height);
  expect([pixels, weights, map, to].map((block) => block.trespasses())).toEqual([0, 0, 0, 0]);
  expect(floatsIn(pixels), "the pixels are left alone").toEqual(Float32Array.from(job.pixels));
  return to.bytes.slice();
}

/** Premultiplied pixels as `premultiplyRow` makes them, of any alpha in `alphas`. */
function premultiplied(columns: number, rows: number, lowest: number): Float32Array {
  const rgba = randomBytes(columns * rows * 4, columns + rows);
  const alphaOf = (at: number) => lowest + ((rgba[at | 3] ?? 0) * (255 - lowest)) / 255;
  return Float32Array.from(rgba, (value, at) => (at % 4 === 3 ? 255 : value) * Math.floor(alphaOf(at)));
}

/** What a block must have around `length` places of a distance. */
const room = (length: number, step: number) => Math.ceil(length * step) + 5;

describe("turnTile", () => {
  const angle = 0.41;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];

  // Alphas well above 0, where a colour is a quotient of small numbers; a float's error may tip a half.
  test.each(LENGTHS.flatMap((width) => [0, 1, 5].map((height) => ({ width, height }))))(
    "samples $width × $height pixels along a slope as the twin does, at any alignment",
    ({ width, height }) => {
      const columns = room(width, cos) + room(height, sin);
      const rows = room(width, sin) + room(height, cos);
      const job: TileJob = {
        pixels: premultiplied(columns, rows, 120),
        stride: columns,
        weights: WEIGHTS,
        places: [0.5 + height * sin * 1024 + 300, 777.5, cos * 1024, sin * 1024, -sin * 1024, cos * 1024],
        distances: INSIDE,
        size: { width, height },
      };
      for (const alignment of ALIGNMENTS) expectNear(turn(job, alignment), turnedTile(job), 1);
    },
  );

  test("gives pixels back exactly where places are whole, at every colour and alpha", () => {
    const [columns, rows] = [259, 259];
    const rgba = new Uint8Array(columns * rows * 4);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++)
        rgba.set([x & 255, (x * 3) & 255, 255 - (x & 255), y & 255], (y * columns + x) * 4);
    }
    const pixels = Float32Array.from(rgba, (value, at) => (at % 4 === 3 ? 255 : value) * (rgba[at | 3] ?? 0));
    const size = { width: 256, height: 256 };
    const places = [0.5, 0.5, 1024, 0, 0, 1024];
    const got = turn({ pixels, stride: columns, weights: WEIGHTS, places, distances: INSIDE, size });
    for (let y = 0; y < size.height; y++) {
      const row = ((y + 1) * columns + 1) * 4;
      const wanted = rgba.slice(row, row + size.width * 4);
      if (wanted[3] === 0) wanted.fill(0);
      expectNear(got.subarray(y * size.width * 4, (y + 1) * size.width * 4), wanted, 0);
    }
  });

  test("rounds each place to the phase it is given, to the last of a pixel", () => {
    const pixels = premultiplied(6, 4, 255);
    for (const phase of [0, 1, 511, 512, 1022, 1023, 1024, 1025]) {
      for (const fraction of [0, 0.5, 0.999]) {
        const places = [phase + fraction, 0, 0, 0, 0, 0];
        const size = { width: 1, height: 1 };
        const job = { pixels, stride: 6, weights: WEIGHTS, places, distances: INSIDE, size };
        expectNear(turn(job), turnedTile({ ...job, places: [phase, 0, 0, 0, 0, 0] }), 1);
      }
    }
  });

  test("takes a place a little above −1 for 0: what is rounded may fall below the block", () => {
    const pixels = premultiplied(5, 5, 255);
    const at = (place: number) => {
      const places = [place, place, 0, 0, 0, 0];
      return turn({ pixels, stride: 5, weights: WEIGHTS, places, distances: INSIDE, size: { width: 1, height: 1 } });
    };
    expect(at(-1e-9)).toEqual(at(0));
  });

  test("covers a pixel by how much of it lies between the sides, in both directions", () => {
    const pixels = new Float32Array(4 * 4 * 4).fill(65_025);
    const alphaAt = (...sides: readonly number[]) => {
      const distances = [...sides.map((side) => side + 0.5), 0, 0, 0, 0, 0, 0, 0, 0];
      const places = [0.5, 0.5, 0, 0, 0, 0];
      const size = { width: 1, height: 1 };
      const got = turn({ pixels, stride: 4, weights: WEIGHTS, places, distances, size });
      if (got[3] !== 0) expect([...got.subarray(0, 3)]).toEqual([255, 255, 255]);
      return got[3];
    };
    expect(alphaAt(9, 9, 9, 9)).toBe(255);
    expect(alphaAt(0.5, 0.5, 0.5, 0.5)).toBe(255);
    expect(alphaAt(0, 9, 9, 9)).toBe(128);
    expect(alphaAt(9, 0.25, 9, 9)).toBe(191);
    expect(alphaAt(0, 9, 9, 0)).toBe(64);
    expect(alphaAt(-0.5, 9, 9, 9)).toBe(0);
    expect(alphaAt(9, 9, 9, -70)).toBe(0);
    // A tenth of a pixel between two sides, half of it on either side of the middle, or all of it.
    expect(alphaAt(0.05, 9, 0.05, 9)).toBe(26);
    expect(alphaAt(-0.2, 9, 0.3, 9)).toBe(26);
    // Between sides in the wrong order there is nothing, not even twice.
    expect(alphaAt(-0.3, -0.3, -0.3, -0.3)).toBe(0);
  });

  test("reads nothing for pixels that are not covered, wherever their places are", () => {
    const size = { width: 3, height: 2 };
    const places = [-1e15, 1e15, 1e15, -1e15, 0, 0];
    const distances = [-1, 9, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0];
    const got = turn({ pixels: new Float32Array(64), stride: 4, weights: WEIGHTS, places, distances, size });
    expect(got.every((byte) => byte === 0)).toBe(true);
  });

  test("clamps alpha before it is covered, and divides colours by the alpha that overshot", () => {
    // All weight on one pixel, of alpha 300 and colour 200.
    const weights = new Float32Array(1024 * 4).fill(0);
    weights.set([1]);
    const pixels = new Float32Array(4 * 4 * 4);
    pixels.set([200 * 300, 0, 400 * 300, 255 * 300]);
    const distances = [0.5, 9, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0];
    const places = [0, 0, 0, 0, 0, 0];
    const got = turn({ pixels, stride: 4, weights, places, distances, size: { width: 1, height: 1 } });
    expect([...got]).toEqual([200, 0, 255, 128]);
  });
});

describe("premultiplyRow", () => {
  test("makes floats of pixels exactly as the twin does, of any length and alignment", () => {
    for (const { count, alignment } of MATRIX) {
      kernels.clear();
      const rgba = randomBytes(count * 4, count);
      const from = guardedCopy(kernels, rgba, alignment);
      const to = guarded(kernels, count * 16);
      kernels.run.premultiplyRow(from.address, count, to.address);
      expect([from.trespasses(), to.trespasses()]).toEqual([0, 0]);
      expectNear(floatsIn(to), blended([rgba], 1, count), 0);
    }
  });
});
