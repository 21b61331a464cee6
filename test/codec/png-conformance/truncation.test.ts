import { describe, expect, test, vi } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import type { SourceFacts } from "../../../src/plan/facts.ts";
import { type CutPng, cutPicture } from "../../oracle/png-cut.ts";
import { GuardedKernels } from "../../support/guarded-kernels.ts";
import { cropped } from "../../support/jpeg-agreement.ts";
import { expectNearPicture } from "../../support/near.ts";
import { headerOf } from "../../support/png-chunks.ts";
import { untrue } from "../../support/png-judging/complaints.ts";
import { pngjsPicture } from "../../support/png-oracles.ts";
import { PNG_KINDS, type SampleOptions, samplePng } from "../../support/png-samples.ts";
import { type PngPicture, type PngRefusal, tryPng } from "../../support/png-trial.ts";
import { randomNumbers } from "../../support/random.ts";
import { factsOf } from "../../support/sniffing.ts";

// Takes some seconds alone, and more where others run beside it.
vi.setConfig({ testTimeout: 60_000 });

interface Cut {
  readonly file: Uint8Array;
  readonly facts: SourceFacts;
  /** The picture, if it had not been cut off. */
  readonly whole: Raster;
  readonly want: CutPng;
}

/** A file that is cut off at this length. Its facts are those of the whole: it was cut off since, or the rest never came. */
function cutAt(length: number, file: Uint8Array, facts: SourceFacts, whole: Raster): Cut {
  const cut = file.subarray(0, length);
  return { file: cut, facts, whole, want: cutPicture(cut, headerOf(file), whole, facts.alpha) };
}

/** Holds that whatever is there of the rows is the picture, the rest as the oracle says, and that it is warned of. */
async function expectPicture(kernels: GuardedKernels, { file, facts, want }: Cut): Promise<"fault" | "part" | "whole"> {
  const pieces = [1 + Math.floor(file.length / 2000), 50, file.length][file.length % 3] ?? 1;
  const got = await tryPng(kernels, file, { facts, pushBytes: () => pieces });
  expect(kernels.trespasses(), "canaries").toBe(0);
  kernels.clear();
  if (want.rows === 0) {
    expect(got).toMatchObject({ outcome: "fault", code: "sourceBroken" });
    expect(untrue((got as PngRefusal).detail, file)).toBeUndefined();
    return "fault";
  }
  expect(got).toMatchObject({ warnings: [expect.stringContaining(want.says ?? "without an end")] });
  expectNearPicture((got as PngPicture).raster, want.raster, 0);
  return want.says === undefined ? "whole" : "part";
}

/** Holds the same of a part of it; where that does not need what is missing, nothing is said. */
async function expectPart(kernels: GuardedKernels, { file, facts, whole, want }: Cut): Promise<void> {
  const next = randomNumbers(file.length);
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  const { width, height } = facts.size;
  const [x, y] = [upTo(width - 1), upTo(height - 1)];
  const wanted = { x, y, width: 1 + upTo(width - x - 1), height: 1 + upTo(height - y - 1) };
  const got = await tryPng(kernels, file, { facts, wanted });
  expect(kernels.trespasses(), "canaries").toBe(0);
  kernels.clear();
  if (got.outcome === "fault") throw new Error(got.detail);
  expectNearPicture(got.raster, cropped(want.raster, wanted), 0);
  if (got.warnings.length === 0) expectNearPicture(got.raster, cropped(whole, wanted), 0);
}

async function expectCuts(file: Uint8Array, lengths: readonly number[]): Promise<void> {
  const kernels = new GuardedKernels();
  const [facts, whole] = [factsOf(file), pngjsPicture(file)];
  const seen = { fault: 0, part: 0, whole: 0 };
  for (const length of lengths) {
    try {
      const cut = cutAt(length, file, facts, whole);
      seen[await expectPicture(kernels, cut)]++;
      if (cut.want.rows > 0 && length % 3 === 0) await expectPart(kernels, cut);
    } catch (cause) {
      throw new Error(`cut at ${length}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  }
  for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(0);
}

/** A seed of noise that is not compressed, in pieces of any lengths. */
const LARGE = 22;

const upTo = (length: number) => Array.from({ length }, (_, at) => at);
/** Without a colour that is transparent, which pngjs would make black. */
const PLAIN: SampleOptions = { ancillary: true, transparency: false };
const WITH_ALPHA = [3, 4, 6];
/** Colour types, and one of their depths. */
const EVERY_BYTE: ReadonlyMap<number, number> = new Map([
  [2, 8],
  [3, 4],
  [6, 16],
]);

describe.each([
  { interlace: 0, as: "row by row" },
  { interlace: 1, as: "interlaced" },
] as const)("a PNG, $as, cut off", ({ interlace }) => {
  test.each(PNG_KINDS)(
    "is refused, or has the rows that came, and a warning: colour type %i with %i bits",
    async (colourType, depth) => {
      const header = { width: 21, height: 23, depth, colourType, interlace };
      const file = samplePng(header, 1, { ...PLAIN, transparency: WITH_ALPHA.includes(colourType) });
      // Every byte of some kinds, and of the others one of seven, each another one.
      const step = depth === EVERY_BYTE.get(colourType) ? 1 : 7;
      const begun = upTo(Math.min(file.length, 1024)).filter((at) => (at + depth) % step === 0);
      const rest = upTo(20).map((at) => Math.floor(file.length * (at / 20)));
      await expectCuts(file, [...begun, ...rest, file.length - 5, file.length - 1]);
    },
  );

  test("at 300 places of a large file has the rows that came, and a warning", async () => {
    const header = { width: 200, height: 150, depth: 8, colourType: 6, interlace };
    const file = samplePng(header, LARGE, PLAIN);
    const next = randomNumbers(5);
    await expectCuts(file, [40, ...upTo(300).map(() => Math.floor(next() * file.length)), file.length - 1]);
  });
});
