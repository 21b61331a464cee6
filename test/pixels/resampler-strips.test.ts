import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FILTERS } from "../../src/pixels/filters.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { resampler } from "../../src/pixels/resampler.ts";
import type { Rect } from "../../src/plan/size.ts";
import { FILTER_NAMES } from "../oracle/filters.ts";
import { roomyKernels } from "../support/guarded.ts";
import { noise, picture } from "../support/pictures.ts";
import { type Job, resample, resamplingOf, stripOf, wholeOf } from "../support/resampling.ts";

const kernels = roomyKernels();

/** Every kind of job: shrunk with boxes and without, enlarged, cropped. */
const aJob = fc.record({
  height: fc.integer({ min: 1, max: 90 }),
  outputs: fc.integer({ min: 1, max: 90 }),
  width: fc.integer({ min: 1, max: 50 }),
  top: fc.double({ min: 0, max: 0.9, noNaN: true }),
  part: fc.double({ min: 0.05, max: 1, noNaN: true }),
  filter: fc.constantFrom(...FILTER_NAMES),
  exact: fc.boolean(),
  linear: fc.boolean(),
  opaque: fc.boolean(),
});

function forEveryJob(claim: (source: Raster, job: Job) => void): void {
  fc.assert(
    fc.property(aJob, ({ height, width, outputs, top, part, opaque, ...mode }) => {
      const source = noise({ width, height }, height, opaque);
      const y = top * height;
      const window = { x: 0, y, width, height: part * (height - y) };
      claim(source, { ...mode, window, size: { width: 5, height: outputs } });
    }),
    { seed: 21, numRuns: 150 },
  );
}

/** A resampler, and what has come out of it. */
function stageOf(source: Raster, job: Job) {
  kernels.clear();
  const stage = resampler(kernels, resamplingOf(source, job));
  const rows: Uint8Array[] = [];
  const push = (part: Rect, from = source) => {
    for (const row of stage.push(stripOf(kernels, from, part))) rows.push(row.slice());
  };
  return { wanted: stage.wanted, push, rows, bottom: stage.wanted.y + stage.wanted.height };
}

const sameBytes = (rows: readonly Uint8Array[], { data }: Raster) => Buffer.concat(rows).equals(data);

describe("rows", () => {
  test("come out exactly as many as the size is high, the last with the last wanted row and none after it", () => {
    forEveryJob((source, job) => {
      const { wanted, push, rows, bottom } = stageOf(source, job);
      if (wanted.height > 1) push({ ...wanted, height: wanted.height - 1 });
      expect(rows.length).toBeLessThan(job.size.height);
      push({ ...wanted, y: bottom - 1, height: 1 });
      expect(rows.length).toBe(job.size.height);
      expect(rows.every((row) => row.length === job.size.width * 4)).toBe(true);
      if (bottom < source.size.height) push({ ...wanted, y: bottom, height: source.size.height - bottom });
      push({ ...wanted, y: bottom - 1, height: 1 });
      expect(rows.length).toBe(job.size.height);
    });
  });

  test("are the same wherever strips are cut", () => {
    forEveryJob((source, job) => {
      const whole = resample(source, job, kernels);
      for (const rowsAtOnce of [[1], [2], [3, 1], [8], [5, 0, 1, 16, 0]]) {
        expect(Buffer.from(resample(source, job, kernels, rowsAtOnce).data).equals(whole.data), `${rowsAtOnce}`).toBe(
          true,
        );
      }
    });
  });

  test.each([
    [5, 7],
    [3, 29],
    [60, 90],
  ])("are the same to %i × %i where opaque rows and others take turns, in any rhythm", (width, height) => {
    for (const rhythm of [1, 2, 3, 4, 7, 11, 30]) {
      const mixed = noise({ width: 61, height: 88 }, rhythm, true);
      // One pixel that is not opaque in some rows.
      for (let y = 0; y < 88; y++) if (Math.floor(y / rhythm) % 2) mixed.data[(y * 61 + (y % 61)) * 4 + 3] = y;
      for (const exact of [true, false]) {
        const job: Job = { window: wholeOf(mixed), size: { width, height }, filter: "sharp2", exact };
        const whole = resample(mixed, job, kernels);
        for (const rowsAtOnce of [[1], [3], [8]]) {
          expect(Buffer.from(resample(mixed, job, kernels, rowsAtOnce).data).equals(whole.data)).toBe(true);
        }
      }
    }
  });

  test("of opaque pictures are the same whether or not it was known that they are opaque", () => {
    forEveryJob((source, job) => {
      const opaque = { ...source, data: source.data.map((value, at) => (at % 4 === 3 ? 255 : value)) };
      const known = resample(opaque, { ...job, alpha: false }, kernels);
      expect(Buffer.from(resample(opaque, job, kernels).data).equals(known.data)).toBe(true);
    });
  });

  test("and columns outside what is wanted change nothing", () => {
    const source = noise({ width: 120, height: 110 }, 8, false);
    const garbage = noise(source.size, 9, true);
    for (const size of [
      { width: 4, height: 3 },
      { width: 40, height: 50 },
    ]) {
      const window = { x: 51.5, y: 40.25, width: 22, height: 31 };
      const job: Job = { window, size, filter: "bicub", exact: false };
      const { wanted, push, rows, bottom } = stageOf(source, job);
      const all = { x: 0, width: 120 };
      push({ ...all, y: 0, height: wanted.y }, garbage);
      push({ ...all, y: wanted.y, height: 0 });
      push({ x: wanted.x - 3, width: wanted.width + 5, y: wanted.y, height: 7 });
      push({ ...all, y: wanted.y + 7, height: bottom - wanted.y - 7 });
      push({ ...all, y: bottom, height: 110 - bottom }, garbage);
      expect(sameBytes(rows, resample(source, job, kernels))).toBe(true);
    }
  });

  test("of a strip that reaches beyond what is wanted on both ends are taken out of it", () => {
    const source = noise({ width: 40, height: 90 }, 3, true);
    const window = { x: 0, y: 40, width: 40, height: 10 };
    const job: Job = { window, size: { width: 10, height: 5 }, filter: "bilin" };
    const { push, rows } = stageOf(source, job);
    push({ x: 0, y: 0, width: 40, height: 90 });
    expect(sameBytes(rows, resample(source, job, kernels))).toBe(true);
  });

  test("that were left out are missed", () => {
    const source = noise({ width: 9, height: 30 }, 3, true);
    const job: Job = { window: wholeOf(source), size: { width: 3, height: 9 }, filter: "bilin" };
    const { push } = stageOf(source, job);
    push({ x: 0, y: 0, width: 9, height: 10 });
    expect(() => push({ x: 0, y: 12, width: 9, height: 5 })).toThrow("rows 10 … 11 were left out");
  });

  test("of a crop far inside the picture want no more of it than the filter reaches beyond the window", () => {
    const source = { width: 1000, height: 1000 };
    const window = { x: 300, y: 400, width: 100, height: 100 };
    for (const [outputs, factor] of [
      [25, 4],
      [100, 1],
      [400, 1],
    ] as const) {
      for (const filter of FILTER_NAMES) {
        kernels.clear();
        const size = { width: outputs, height: outputs };
        const mode = { alpha: true, exact: false, linear: false };
        const { wanted } = resampler(kernels, { ...mode, source, window, size, filter: FILTERS[filter] });
        const reach = FILTERS[filter].support * factor;
        expect(wanted.x).toBeGreaterThanOrEqual(300 - reach);
        expect(wanted.y).toBeGreaterThanOrEqual(400 - reach);
        expect(wanted.x + wanted.width).toBeLessThanOrEqual(400 + reach);
        expect(wanted.y + wanted.height).toBeLessThanOrEqual(500 + reach);
      }
    }
  });

  test("come out in order: a ramp from dark to light stays one", () => {
    const ramp = picture({ width: 2, height: 64 }, (_, y) => [y * 4, y * 4, y * 4, 255]);
    for (const outputs of [7, 64, 250]) {
      const size = { width: 1, height: outputs };
      const job: Job = { window: wholeOf(ramp), size, filter: "bilin" };
      const levels = resample(ramp, job, kernels).data.filter((_, at) => at % 4 === 0);
      expect([...levels]).toEqual([...levels].sort((a, b) => a - b));
      expect(levels[0]).toBeLessThan(64);
      expect(levels.at(-1)).toBeGreaterThan(192);
    }
  });
});
