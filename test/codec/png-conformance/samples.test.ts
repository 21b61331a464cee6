import { describe, expect, test, vi } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import type { Rect } from "../../../src/plan/size.ts";
import { GuardedKernels } from "../../support/guarded-kernels.ts";
import { cropped } from "../../support/jpeg-agreement.ts";
import { expectNearPicture } from "../../support/near.ts";
import { libpngPicture, pngjsPicture, withoutHidden } from "../../support/png-oracles.ts";
import { PNG_KINDS, samplePng } from "../../support/png-samples.ts";
import { type PngAsked, type PngPicture, tryPng } from "../../support/png-trial.ts";
import { randomNumbers } from "../../support/random.ts";

// Takes some seconds alone, and more where others run beside it.
vi.setConfig({ testTimeout: 60_000 });

const RUNS = 40;

async function sound(kernels: GuardedKernels, file: Uint8Array, asked: PngAsked): Promise<Raster> {
  const got = await tryPng(kernels, file, asked);
  expect(got).toMatchObject({ outcome: "picture", warnings: [] });
  expect(kernels.trespasses(), "canaries").toBe(0);
  kernels.clear();
  return (got as PngPicture).raster;
}

describe("a PNG of any rows, filters, compression and chunks is, to the bit, the picture that pngjs and libpng see", () => {
  test.each(
    PNG_KINDS.flatMap(([colourType, depth]) =>
      [0, 1].map((interlace) => ({ colourType, depth, interlace, as: interlace === 1 ? "interlaced" : "row by row" })),
    ),
  )("colour type $colourType with $depth bits, $as", async ({ as: _, ...kind }) => {
    const kernels = new GuardedKernels();
    for (let seed = 0; seed < RUNS; seed++) {
      const next = randomNumbers(seed + kind.colourType * 1000 + kind.depth);
      const upTo = (most: number) => Math.floor(next() * (most + 1));
      const file = samplePng({ ...kind, width: 1 + upTo(50), height: 1 + upTo(30) }, seed);
      const most = [1, 3, 50, file.length][seed % 4] ?? 1;
      const pushBytes = () => 1 + upTo(most - 1);
      const got = await sound(kernels, file, { pushBytes });
      expectNearPicture(withoutHidden(got), withoutHidden(pngjsPicture(file)), 0);
      // Of what is transparent as well: pngjs leaves nothing of it.
      expectNearPicture(got, await libpngPicture(file), 0);

      const [x, y] = [upTo(got.size.width - 1), upTo(got.size.height - 1)];
      const part: Rect = { x, y, width: 1 + upTo(got.size.width - x - 1), height: 1 + upTo(got.size.height - y - 1) };
      expectNearPicture(await sound(kernels, file, { wanted: part, pushBytes }), cropped(got, part), 0);
    }
  });
});

describe("and so is a large one, in which every kind of block follows every other", () => {
  test.each(PNG_KINDS)("colour type %i with %i bits", async (colourType, depth) => {
    const kernels = new GuardedKernels();
    for (const interlace of [0, 1]) {
      const next = randomNumbers(depth * 10 + colourType);
      // Some hundred kilobytes of rows: what is inflated lies in a window, which slides.
      const header = { width: Math.ceil(8000 / depth), height: 190, depth, colourType, interlace };
      const file = samplePng(header, 3 + interlace, { mixed: true });
      const got = await sound(kernels, file, { pushBytes: () => 1 + Math.floor(next() * 70_000) });
      expectNearPicture(got, await libpngPicture(file), 0);
    }
  });
});
