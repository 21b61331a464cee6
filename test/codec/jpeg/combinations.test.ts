import { describe, expect, test, vi } from "vitest";
import { jpegDecoding } from "../../../src/codec/jpeg/decoder.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import { oracleJpeg } from "../../oracle/jpeg.ts";
import { expectNearOracle, SHRINKS } from "../../support/jpeg-agreement.ts";
import { decodeJpeg, jpegFacts, shrunkSize } from "../../support/jpeg-decoding.ts";
import { componentsOf, type PictureSpec, pictureSpec, SAMPLINGS } from "../../support/jpeg-pictures.ts";
import { anyProgression, anySequential } from "../../support/jpeg-scripts.ts";
import { adobe, JFIF, writeJpeg } from "../../support/jpeg-writer.ts";
import { randomNumbers } from "../../support/random.ts";
import { MODULES } from "../../support/wasm-modules.ts";

// Takes a second or two alone, and more where others run beside it.
vi.setConfig({ testTimeout: 60_000 });

/** One instance for all: what one picture leaves behind must not matter to the next. */
const kernels = new Kernels(MODULES.kernels);

const CHUNKS = [1, 13, 100, 65_536] as const;

/** Twice as often those that are interpolated. */
const FACTORS = [1, 1, 2, 2, 3, 4] as const;

interface Case {
  readonly spec: PictureSpec;
  readonly shrink: (typeof SHRINKS)[number];
  readonly chunkBytes: number;
}

/** Any sampling × size × script × restarts × tables × fill bytes × scale × chunks. */
function anyCase(seed: number, size: PictureSpec["size"], sampling?: string): Case {
  const next = randomNumbers(seed);
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  const one = <T>(of: readonly [T, ...T[]]): T => of[upTo(of.length - 1)] ?? of[0];
  const ofAny = Array.from({ length: one([1, 3, 3, 4]) }, () => `${one(FACTORS)}x${one(FACTORS)}`);
  const factors = sampling ?? ofAny.join();
  const components = componentsOf(factors);
  const marker = one([0xc0, 0xc1, 0xc2, 0xc2] as const);
  const scans =
    marker === 0xc2 ? anyProgression(components, next) : anySequential(components, next, marker === 0xc0 ? 1 : 3);
  return {
    spec: {
      ...{ marker, scans, seed, sampling: factors, size: size ?? { width: 1 + upTo(32), height: 1 + upTo(32) } },
      step: 1 + upTo(15),
      fill: one([0, 0, 1, 3]),
      together: next() < 0.5,
      beforeFrame: one([[], JFIF, adobe(0), adobe(1), adobe(2)]),
    },
    shrink: one(SHRINKS),
    chunkBytes: one(CHUNKS),
  };
}

async function expectAgreement({ spec, shrink, chunkBytes }: Case, what: string): Promise<void> {
  const file = writeJpeg(pictureSpec(spec));
  const want = oracleJpeg(file, shrink);
  try {
    const facts = jpegFacts(file);
    const start = kernels.reserve(0);
    const { raster, warnings } = await decodeJpeg(kernels, file, { facts, shrink, chunkBytes });
    const wanted = { x: 0, y: 0, ...shrunkSize(facts, shrink) };
    const { kernels: most } = jpegDecoding.memory(facts, file.length, { shrink, wanted });
    expect(kernels.reserve(0) - start, "bytes of kernel memory").toBeLessThanOrEqual(most);
    expectNearOracle(raster, want);
    expect(warnings).toEqual([]);
  } catch (cause) {
    const { size, sampling, marker, scans } = spec;
    const said = cause instanceof Error ? cause.message : String(cause);
    const drawn = JSON.stringify({ shrink, chunkBytes, size, sampling, marker, scans });
    throw new Error(`${what}: ${said}\n${drawn}`, { cause });
  } finally {
    kernels.clear();
  }
}

describe("any legal structure comes out as the oracle says, and takes no more memory than was said", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])("of 250 combinations, number %i", async (batch) => {
    for (let seed = batch * 1000; seed < batch * 1000 + 250; seed++) {
      await expectAgreement(anyCase(seed, undefined), `seed ${seed}`);
    }
  });

  /** Around the edges of blocks and MCUs of every sampling, whole and shrunk. */
  const SIDES = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33];
  test.each(SAMPLINGS)("of every size from 1 × 1 to 33 × 33, sampled %s", async (sampling) => {
    for (const [row, height] of SIDES.entries()) {
      for (const [column, width] of SIDES.entries()) {
        const seed = 50_000 + row * 100 + column;
        const drawn = anyCase(seed, { width, height }, sampling);
        for (const shrink of SHRINKS) {
          const chunkBytes = CHUNKS[(row + column) % CHUNKS.length] ?? 1;
          await expectAgreement({ ...drawn, shrink, chunkBytes }, `seed ${seed}`);
        }
      }
    }
  });
});
