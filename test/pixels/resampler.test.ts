import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FILTERS } from "../../src/pixels/filters.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { resampler } from "../../src/pixels/resampler.ts";
import type { Rgb } from "../../src/plan/colour.ts";
import { FILTER_NAMES } from "../oracle/filters.ts";
import { roomyKernels } from "../support/guarded.ts";
import { expectNearPicture } from "../support/near.ts";
import { noise, picture, type Rgba, rowOf } from "../support/pictures.ts";
import { type Job, resample, wholeOf } from "../support/resampling.ts";

const kernels = roomyKernels();

const SIZES = [
  { width: 1, height: 1 },
  { width: 3, height: 40 },
  { width: 29, height: 31 },
  { width: 30, height: 2 },
  { width: 400, height: 600 },
];

const flat = (colour: Rgba): Raster => picture({ width: 30, height: 30 }, () => colour);

describe("a constant picture stays exactly constant", () => {
  test.each(SIZES)("scaled to $width × $height with every filter, opaque or not", (size) => {
    const colours: Rgba[] = [
      [255, 255, 255, 255],
      [1, 127, 254, 255],
      [200, 3, 90, 128],
      [255, 128, 7, 3],
    ];
    for (const filter of FILTER_NAMES) {
      for (const colour of colours) {
        const job = { window: { x: 0.3, y: 5.7, width: 29.1, height: 20 }, size, filter, background: undefined };
        expectNearPicture(
          resample(flat(colour), job, kernels),
          picture(size, () => colour),
          0,
        );
      }
    }
  });

  test("and is the background where it is fully transparent, itself where it is opaque", () => {
    const background: Rgb = [250, 128, 3];
    for (const size of SIZES) {
      for (const filter of FILTER_NAMES) {
        const job = { window: wholeOf(flat([0, 0, 0, 0])), size, filter, background };
        const behind = picture(size, () => [...background, 255]);
        expectNearPicture(resample(flat([9, 8, 7, 0]), job, kernels), behind, 0);
        expectNearPicture(
          resample(flat([9, 8, 7, 255]), job, kernels),
          picture(size, () => [9, 8, 7, 255]),
          0,
        );
      }
    }
  });
});

describe("the colour of fully transparent pixels never bleeds", () => {
  /** Opaque green on the left, magenta that nobody should ever see on the right. */
  const halves = picture({ width: 24, height: 16 }, (x) => (x < 12 ? [0, 255, 0, 255] : [255, 0, 255, 0]));

  test.each(FILTER_NAMES)("%s shows green of some alpha, or nothing, however it is scaled", (filter) => {
    for (const size of [...SIZES, { width: 24, height: 16 }]) {
      const got = resample(halves, { window: wholeOf(halves), size, filter, background: undefined }, kernels);
      const wanted = got.data.slice();
      for (let at = 0; at < wanted.length; at += 4) wanted.set([0, wanted[at + 3] === 0 ? 0 : 255, 0], at);
      expectNearPicture(got, { size, data: wanted }, 0);
    }
  });

  test.each(FILTER_NAMES)("%s mixes green with nothing but the background", (filter) => {
    // Over blue, magenta would show in the red channel, and nothing else could.
    const job: Job = { window: wholeOf(halves), size: { width: 61, height: 16 }, filter, background: [0, 0, 255] };
    const { data } = resample(halves, job, kernels);
    expect(data.filter((_, at) => at % 4 === 0).every((red) => red === 0)).toBe(true);
  });
});

// A filter with negative weights overshoots in alpha as well as in colour; the two cancel out over their own colour.
test.each(FILTER_NAMES)("with %s, an opaque shape over a background of its own colour cannot be seen", (filter) => {
  for (const level of [255, 128, 30]) {
    const shape = picture({ width: 20, height: 20 }, (x, y) => [level, level, level, x > 6 && y > 9 ? 255 : 0]);
    const background: Rgb = [level, level, level];
    const size = { width: 33, height: 47 };
    const got = resample(shape, { window: wholeOf(shape), size, filter, background }, kernels);
    // A level for a sum of floats that falls just below a half.
    expectNearPicture(
      got,
      picture(size, () => [level, level, level, 255]),
      1,
    );
  }
});

describe("rows", () => {
  /** The heights of every kind of job: shrunk, enlarged, cropped. */
  const aJob = fc.record({
    height: fc.integer({ min: 1, max: 90 }),
    outputs: fc.integer({ min: 1, max: 90 }),
    top: fc.double({ min: 0, max: 0.9, noNaN: true }),
    part: fc.double({ min: 0.05, max: 1, noNaN: true }),
    filter: fc.constantFrom(...FILTER_NAMES),
  });

  function forEveryJob(claim: (source: Raster, job: Job) => void): void {
    fc.assert(
      fc.property(aJob, ({ height, outputs, top, part, filter }) => {
        const source = noise({ width: 3, height }, height, false);
        const y = top * height;
        const window = { x: 0, y, width: 3, height: part * (height - y) };
        claim(source, { window, size: { width: 5, height: outputs }, filter, background: undefined });
      }),
      { seed: 21, numRuns: 150 },
    );
  }

  const stageOf = (source: Raster, job: Job, emit: (row: Uint8Array) => void) => {
    kernels.clear();
    const stage = resampler(kernels, { ...job, source: source.size, filter: FILTERS[job.filter] });
    const push = (y: number, row: Uint8Array) => {
      for (const finished of stage.push(y, row)) emit(finished);
    };
    return { ...stage, push };
  };

  test("come out exactly as many as the size is high, the last with the last wanted row and none after it", () => {
    forEveryJob((source, job) => {
      let emitted = 0;
      const stage = stageOf(source, job, (row) => {
        emitted++;
        expect(row.length).toBe(job.size.width * 4);
      });
      for (let y = stage.first; y < stage.end - 1; y++) stage.push(y, rowOf(source, y));
      expect(emitted).toBeLessThan(job.size.height);
      stage.push(stage.end - 1, rowOf(source, stage.end - 1));
      expect(emitted).toBe(job.size.height);
      for (let y = stage.end; y < source.size.height; y++) stage.push(y, rowOf(source, y));
      expect(emitted).toBe(job.size.height);
    });
  });

  test("outside first … end change nothing, whether they are pushed or not", () => {
    forEveryJob((source, job) => {
      const rows: Uint8Array[] = [];
      const stage = stageOf(source, job, (row) => rows.push(row.slice()));
      expect([stage.first, stage.end].every((y) => y >= 0 && y <= source.size.height)).toBe(true);
      const garbage = new Uint8Array(12).fill(255);
      for (let y = 0; y < source.size.height; y++) {
        stage.push(y, y >= stage.first && y < stage.end ? rowOf(source, y) : garbage);
      }
      expect(Buffer.concat(rows).equals(resample(source, job, kernels).data)).toBe(true);
    });
  });

  test("of a crop far inside the picture want no more of it than the filter reaches beyond the window", () => {
    const source = { width: 1000, height: 1000 };
    const window = { x: 0, y: 400, width: 1000, height: 100 };
    for (const [outputs, factor] of [
      [25, 4],
      [100, 1],
      [400, 1],
    ] as const) {
      for (const filter of FILTER_NAMES) {
        const job = {
          source,
          window,
          size: { width: 8, height: outputs },
          filter: FILTERS[filter],
          background: undefined,
        };
        kernels.clear();
        const { first, end } = resampler(kernels, job);
        const reach = FILTERS[filter].support * factor;
        expect(first).toBeGreaterThanOrEqual(400 - reach);
        expect(end).toBeLessThanOrEqual(500 + reach);
      }
    }
  });

  test("come out in order: a ramp from dark to light stays one", () => {
    const ramp = picture({ width: 2, height: 64 }, (_, y) => [y * 4, y * 4, y * 4, 255]);
    for (const outputs of [7, 64, 250]) {
      const job: Job = {
        window: wholeOf(ramp),
        size: { width: 1, height: outputs },
        filter: "bilin",
        background: undefined,
      };
      const levels = resample(ramp, job, kernels).data.filter((_, at) => at % 4 === 0);
      expect([...levels]).toEqual([...levels].sort((a, b) => a - b));
      expect(levels[0]).toBeLessThan(64);
      expect(levels.at(-1)).toBeGreaterThan(192);
    }
  });
});
