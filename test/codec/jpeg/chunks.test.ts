import { describe, expect, test, vi } from "vitest";
import { Kernels } from "../../../src/pixels/kernels.ts";
import type { Rect } from "../../../src/plan/size.ts";
import { cropped, decodeAlone, SHRINKS, sameBytes } from "../../support/jpeg-agreement.ts";
import { decodeJpeg, jpegFacts, shrunkSize } from "../../support/jpeg-decoding.ts";
import { type PictureSpec, pictureSpec } from "../../support/jpeg-pictures.ts";
import { SIMPLE_PROGRESSION } from "../../support/jpeg-scripts.ts";
import { adobe, comment, writeJpeg } from "../../support/jpeg-writer.ts";
import { expectNearPicture } from "../../support/near.ts";
import { randomNumbers } from "../../support/random.ts";
import { MODULES } from "../../support/wasm-modules.ts";

// Takes a second or two alone, and more where others run beside it.
vi.setConfig({ testTimeout: 60_000 });

const COLOUR = [0, 1, 2];

const FILES: readonly (readonly [what: string, spec: PictureSpec])[] = [
  ["4:2:0", { step: 1 }],
  ["4:4:4", { sampling: "1x1,1x1,1x1" }],
  ["4:2:2", { sampling: "2x1,1x1,1x1" }],
  ["4:4:0", { sampling: "1x2,1x1,1x1" }],
  ["4:1:1", { sampling: "4x1,1x1,1x1" }],
  ["gray", { sampling: "1x1" }],
  ["CMYK", { sampling: "2x2,1x1,1x1,2x2", beforeFrame: adobe(2) }],
  ["with restarts and fill bytes", { fill: 2, scans: [{ of: COLOUR, restartInterval: 3 }] }],
  ["of a scan a component", { scans: COLOUR.map((place) => ({ of: [place] })) }],
  ["progressive", { marker: 0xc2, scans: SIMPLE_PROGRESSION }],
  [
    "progressive with restarts",
    { marker: 0xc2, scans: SIMPLE_PROGRESSION.map((scan) => ({ ...scan, restartInterval: 5 })) },
  ],
  [
    "with segments longer than a chunk",
    { beforeFrame: comment(6000), behindFrame: comment(5000), beforeEnd: comment(5000) },
  ],
];

const fileOf = (spec: PictureSpec, size = { width: 93, height: 75 }) => writeJpeg(pictureSpec({ size, ...spec }));

describe("chunks of any size give the same rows", () => {
  test.each(FILES)("%s", async (_, spec) => {
    const file = fileOf(spec);
    for (const shrink of SHRINKS) {
      const whole = await decodeAlone(file, { shrink, chunkBytes: file.length });
      for (const chunkBytes of [1, 13, 701, 4096, 65_536]) {
        const { raster, warnings } = await decodeAlone(file, { shrink, chunkBytes });
        expectNearPicture(raster, whole.raster, 0);
        expect(warnings).toEqual(whole.warnings);
      }
    }
  });

  test("a cut between any two bytes", async () => {
    for (const [, spec] of FILES.slice(0, 10)) {
      const file = fileOf(spec, { width: 18, height: 10 });
      const facts = jpegFacts(file);
      const { raster } = await decodeAlone(file, { facts });
      // Chunks as long as the first one put the cuts at its multiples, too.
      for (let chunkBytes = 2; chunkBytes < Math.min(file.length, 1500); chunkBytes++) {
        const got = (await decodeAlone(file, { facts, chunkBytes })).raster;
        expect(sameBytes(got.data, raster.data), `cut at ${chunkBytes}`).toBe(true);
      }
    }
  });
});

describe("a picture that can be decoded as it comes", () => {
  test.each(FILES.filter(([, { marker, scans = [] }]) => marker !== 0xc2 && scans.length < 2))(
    "%s gives rows before its last bytes are there",
    async (_, spec) => {
      const file = fileOf(spec, { width: 93, height: 150 });
      let seen = 0;
      const { strips } = await decodeAlone(file, {
        chunkBytes: 64,
        strip: ({ pushed }) => {
          seen ||= pushed;
        },
      });
      expect(seen).toBeLessThan(file.length * 0.7);
      expect(strips.length).toBeGreaterThan(1);
    },
  );
});

/** Rectangles at the edges, single pixels, whole rows and columns, and whatever comes. */
function rectanglesIn(width: number, height: number, seed: number): readonly Rect[] {
  const next = randomNumbers(seed);
  const any = (from: number, to: number) => from + Math.floor(next() * (to - from));
  return [
    { x: 0, y: 0, width: 1, height: 1 },
    { x: width - 1, y: height - 1, width: 1, height: 1 },
    { x: width - 1, y: 0, width: 1, height },
    { x: 0, y: height - 1, width, height: 1 },
    ...Array.from({ length: 40 }, () => {
      const [x, y] = [any(0, width), any(0, height)];
      return { x, y, width: any(1, width - x + 1), height: any(1, height - y + 1) };
    }),
  ];
}

describe("a part of a picture is that part of the whole, wherever it lies", () => {
  test.each(FILES)("%s", async (_, spec) => {
    const file = fileOf(spec);
    const facts = jpegFacts(file);
    const kernels = new Kernels(MODULES.kernels);
    for (const shrink of SHRINKS) {
      const { raster } = await decodeAlone(file, { facts, shrink });
      const { width, height } = shrunkSize(facts, shrink);
      for (const wanted of rectanglesIn(width, height, shrink)) {
        const part = await decodeJpeg(kernels, file, { facts, shrink, wanted, chunkBytes: 200 });
        kernels.clear();
        expectNearPicture(part.raster, cropped(raster, wanted), 0);
      }
    }
  });
});
