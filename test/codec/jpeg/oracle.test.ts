import { describe, expect, test, vi } from "vitest";
import { oracleJpeg } from "../../oracle/jpeg.ts";
import { gridOf } from "../../oracle/jpeg-scan.ts";
import { corpusFile, describeCorpus } from "../../support/corpus.ts";
import { componentsOf, pictureSpec } from "../../support/jpeg-pictures.ts";
import {
  anyProgression,
  anySequential,
  plainProgression,
  SIMPLE_PROGRESSION,
  slowestProgression,
} from "../../support/jpeg-scripts.ts";
import { JFIF, type JpegSpec, writeJpeg } from "../../support/jpeg-writer.ts";
import { expectAlike } from "../../support/likeness.ts";
import { jpegPixels, pngPixels } from "../../support/pixels.ts";
import { randomNumbers } from "../../support/random.ts";

// Takes a second or two alone, and more where others run beside it.
vi.setConfig({ testTimeout: 60_000 });

/** Holds that what was written is what is read, for all blocks that the picture reaches into. */
function expectSameCoefficients(spec: JpegSpec): void {
  const { frame, grids, warnings } = oracleJpeg(writeJpeg(spec));
  expect(warnings).toEqual([]);
  for (const [at, component] of spec.components.entries()) {
    const { across, used } = gridOf(frame, component);
    for (let y = 0; y < used.down; y++) {
      for (let x = 0; x < used.across; x++) {
        const block = y * across + x;
        expect(grids[at]?.blocks[block], `block ${x}, ${y} of component ${at}`).toEqual(spec.grids[at]?.blocks[block]);
      }
    }
  }
}

describe("the oracle reads the coefficients that were written", () => {
  const size = { width: 37, height: 29 };
  const SPECS: readonly (readonly [what: string, spec: JpegSpec])[] = [
    ["interleaved", pictureSpec({ size })],
    ["each component for itself", pictureSpec({ size, scans: [{ of: [0] }, { of: [1] }, { of: [2] }] })],
    ["with standard tables", pictureSpec({ size, scans: [{ of: [0, 1, 2], coding: "standard" }] })],
    ["with tables that are not there", pictureSpec({ size, scans: [{ of: [0, 1, 2], coding: "implied" }] })],
    ["with long codes", pictureSpec({ size, scans: [{ of: [0, 1, 2], coding: "long" }] })],
    ["progressively", pictureSpec({ size, marker: 0xc2, scans: SIMPLE_PROGRESSION })],
    ["progressively, without approximation", pictureSpec({ size, marker: 0xc2, scans: plainProgression(3) })],
    ["progressively, a bit at a time", pictureSpec({ size, marker: 0xc2, scans: slowestProgression(3, 2), step: 1 })],
    ["with a height behind the scan", pictureSpec({ size, heightBehind: true })],
    ["with fill bytes and restarts", pictureSpec({ size, fill: 3, scans: [{ of: [0, 1, 2], restartInterval: 2 }] })],
  ];
  test.each(SPECS)("%s", (_, spec) => expectSameCoefficients(spec));

  test("by any script, whatever its sampling, size, restarts and tables", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const next = randomNumbers(seed);
      const upTo = (most: number) => 1 + Math.floor(next() * most);
      const sampling = Array.from({ length: [1, 3, 4][upTo(3) - 1] ?? 1 }, () => `${upTo(4)}x${upTo(4)}`).join();
      const components = componentsOf(sampling);
      const size = { width: upTo(40), height: upTo(40) };
      const marker = ([0xc0, 0xc1, 0xc2] as const)[upTo(3) - 1] ?? 0xc0;
      const scans =
        marker === 0xc2 ? anyProgression(components, next) : anySequential(components, next, marker === 0xc0 ? 1 : 3);
      expectSameCoefficients(pictureSpec({ size, sampling, marker, scans, seed, step: upTo(12) }));
    }
  });
});

// jpeg-js repeats chroma, so only what has none in between can be compared; its inverse DCT is a fast, less exact one.
describe("the oracle and jpeg-js see the same picture", () => {
  test.each(["1x1", "1x1,1x1,1x1", "2x2", "3x1"])("of sampling %s", (sampling) => {
    for (const marker of [0xc0, 0xc2] as const) {
      const components = componentsOf(sampling);
      const scans = marker === 0xc2 ? plainProgression(components.length) : [{ of: components.map((_, at) => at) }];
      const file = writeJpeg(
        pictureSpec({ size: { width: 41, height: 23 }, sampling, marker, scans, beforeFrame: JFIF }),
      );
      const { size, data } = oracleJpeg(file).raster;
      expectAlike(
        { ...size, data },
        jpegPixels(Buffer.from(file)),
        { max: 4, mean: 0.5 },
        `oracle-${sampling}-${marker}`,
      );
    }
  });
});

/** PNG under the name of a JPEG, and JPEGs without a DCT. */
const NO_DCT = /^jpg-size-6x6|lossless|^MR4|^XA1/;

describeCorpus("jpeg-reftest", (files) => {
  // Where luma and chroma of libjpeg's integers both round to the other side, blue differs by 1 + 1.772, which can be 3.
  // The reference of mjpeg.jpg is no work of libjpeg: its chroma is not interpolated alike.
  test.each(files.filter(({ name }) => name.endsWith(".jpg") && !NO_DCT.test(name)))(
    "the oracle decodes $name as its reference says.",
    ({ name, read }) => {
      const { size, data } = oracleJpeg(read()).raster;
      const want = pngPixels(corpusFile("jpeg-reftest", name.replace(/jpg$/, "png")).read());
      expectAlike({ ...size, data }, want, { max: name === "mjpeg.jpg" ? 4 : 3, mean: 0.2 }, `oracle-${name}`);
    },
  );
});
