import { describe, expect, test, vi } from "vitest";
import { Kernels } from "../../../src/pixels/kernels.ts";
import type { Raster } from "../../../src/pixels/raster.ts";
import { oracleJpeg } from "../../oracle/jpeg.ts";
import { decodeAlone, expectNearOracle, SHRINKS, sameBytes } from "../../support/jpeg-agreement.ts";
import { decodeJpeg, jpegFacts } from "../../support/jpeg-decoding.ts";
import { type PictureSpec, pictureSpec } from "../../support/jpeg-pictures.ts";
import { SIMPLE_PROGRESSION } from "../../support/jpeg-scripts.ts";
import { bytesOf, partsOf } from "../../support/jpeg-segments.ts";
import { comment, writeJpeg } from "../../support/jpeg-writer.ts";
import { MODULES } from "../../support/wasm-modules.ts";

// Takes a second or two alone, and more where others run beside it.
vi.setConfig({ testTimeout: 60_000 });

/** Intervals of a scan, each with the number of the restart marker in front of it, or anything instead of that. */
interface Interval {
  readonly marker: readonly number[];
  readonly data: Uint8Array;
}

type Harm = (intervals: readonly Interval[], at: number) => readonly Interval[];

const rst = (number: number) => [0xff, 0xd0 + (number % 8)];

/** Changes what stands in front of one interval. */
const marked =
  (change: (marker: readonly number[], at: number) => readonly number[]): Harm =>
  (intervals, at) =>
    intervals.map((interval, place) =>
      place === at ? { ...interval, marker: change(interval.marker, at) } : interval,
    );

/** Puts bytes into the middle of one interval. */
const inside =
  (bytes: readonly number[]): Harm =>
  (intervals, at) =>
    intervals.map(({ marker, data }, place) => {
      const middle = data.length >> 1;
      return place === at
        ? { marker, data: Uint8Array.of(...data.subarray(0, middle), ...bytes, ...data.subarray(middle)) }
        : { marker, data };
    });

/** What can happen to the interval number `at`, from 1, and the marker in front of it, which is RST of `at` − 1. */
const HARMS: readonly (readonly [what: string, harm: Harm])[] = [
  ["without its marker", marked(() => [])],
  ["that is lost", (all, at) => all.toSpliced(at, 1)],
  ["that is lost with the next", (all, at) => all.toSpliced(at, 2)],
  ["that is lost with the next two", (all, at) => all.toSpliced(at, 3)],
  ["that is lost with the next three", (all, at) => all.toSpliced(at, 4)],
  ["that is there twice", (all, at) => all.toSpliced(at, 0, ...all.slice(at, at + 1))],
  ["that is there twice, with the next", (all, at) => all.toSpliced(at, 0, ...all.slice(at, at + 2))],
  ["that changed places with the next", (all, at) => all.toSpliced(at, 2, ...all.slice(at, at + 2).reverse())],
  ["that is empty", (all, at) => all.map((each, place) => (place === at ? { ...each, data: new Uint8Array() } : each))],
  [
    "that is cut in half",
    (all, at) =>
      all.map((each, place) => (place === at ? { ...each, data: each.data.subarray(0, each.data.length / 2) } : each)),
  ],
  ["with a marker in it that means nothing", inside([0xff, 0x33])],
  ["with a marker in it that is no restart", inside([0xff, 0xe5])],
  ["whose marker is there twice", marked((marker) => [...marker, ...marker])],
  ["whose marker comes behind too many bytes", marked((marker) => [0x12, 0x34, 0xff, 0, 0x56, ...marker])],
  ["whose marker comes behind a comment", marked((marker) => [...comment(5), ...marker])],
  ["whose marker comes behind one that means nothing", marked((marker) => [0xff, 0x33, ...marker])],
  ["whose marker comes behind fill bytes", marked((marker) => [0xff, 0xff, ...marker])],
  ...Array.from({ length: 8 }, (_, ahead): readonly [string, Harm] => [
    `whose marker is ${ahead} ahead of the one due`,
    marked((_, at) => rst(at - 1 + ahead)),
  ]),
];

/** The file, with harm done to an interval of one of its scans. */
function harmed(scans: readonly ScanBytes[], scan: number, harm: Harm, at: number): Uint8Array {
  return Uint8Array.from(
    scans.flatMap(({ before, intervals }, place) => [
      ...before,
      ...(place === scan ? harm(intervals, at) : intervals).flatMap(({ marker, data }) => [...marker, ...data]),
    ]),
  );
}

/** What stands in front of the coded bytes of a scan, and those; the last one has the end of the file and none. */
interface ScanBytes {
  readonly before: readonly number[];
  readonly intervals: readonly Interval[];
}

function scansOf(file: Uint8Array): readonly ScanBytes[] {
  const scans: { before: number[]; intervals: Interval[] }[] = [{ before: [], intervals: [] }];
  let marker: readonly number[] = [];
  for (const part of partsOf(file)) {
    const bytes = bytesOf(file, part);
    const isRestart = part.marker >= 0xd0 && part.marker <= 0xd7;
    const last = scans.at(-1);
    if (isRestart) marker = [...bytes];
    else if (part.marker === 0) {
      last?.intervals.push({ marker, data: bytes });
      marker = [];
    } else if (last?.intervals.length === 0) last.before.push(...bytes);
    else scans.push({ before: [...bytes], intervals: [] });
  }
  return scans;
}

const fileOf = (spec: PictureSpec) => writeJpeg(pictureSpec({ size: { width: 37, height: 29 }, ...spec }));
const COLOUR = [0, 1, 2];

const FILES: readonly (readonly [what: string, file: Uint8Array])[] = [
  ["4:2:0", fileOf({ size: { width: 77, height: 60 }, scans: [{ of: COLOUR, restartInterval: 1 }] })],
  [
    "gray, three blocks an interval",
    fileOf({ size: { width: 60, height: 50 }, sampling: "1x1", scans: [{ of: [0], restartInterval: 3 }] }),
  ],
  [
    "4:4:4, long codes",
    fileOf({ sampling: "1x1,1x1,1x1", scans: [{ of: COLOUR, restartInterval: 2, coding: "long" }] }),
  ],
  ["a scan a component", fileOf({ scans: COLOUR.map((place) => ({ of: [place], restartInterval: 2 })) })],
  ["progressive", fileOf({ marker: 0xc2, scans: SIMPLE_PROGRESSION.map((scan) => ({ ...scan, restartInterval: 2 })) })],
];

describe("intervals and restart markers that went wrong cost no more than with libjpeg (jpeg_resync_to_restart)", () => {
  test.each(FILES)("%s", async (_, file) => {
    const facts = jpegFacts(file);
    const scans = scansOf(file);
    const kernels = new Kernels(MODULES.kernels);
    const whole = new Map<number, Raster>();
    for (const shrink of SHRINKS) whole.set(shrink, (await decodeAlone(file, { shrink })).raster);
    let compared = 0;
    for (const [scan, { intervals }] of scans.entries()) {
      for (const at of intervals.map((_, place) => place).slice(1)) {
        for (const [what, harm] of HARMS) {
          const damaged = harmed(scans, scan, harm, at);
          const shrink = SHRINKS[compared % 4] ?? 1;
          const want = oracleJpeg(damaged, shrink);
          const { raster, warnings } = await decodeJpeg(kernels, damaged, { facts, shrink, chunkBytes: 64 });
          kernels.clear();
          compared++;
          try {
            expectNearOracle(raster, want);
            // A scan that a small picture does not need may be damaged without a word.
            const isWhole = sameBytes(raster.data, whole.get(shrink)?.data ?? raster.data);
            if (want.warnings.length > 0 && !isWhole) expect(warnings).not.toEqual([]);
          } catch (cause) {
            const said = cause instanceof Error ? cause.message : cause;
            throw new Error(`scan ${scan}, interval ${at} ${what}, at 1/${shrink}: ${said}`, { cause });
          }
        }
      }
    }
    expect(compared).toBeGreaterThan(50);
  });
});
