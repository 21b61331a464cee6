import { describe, expect, test } from "vitest";
import { jpegDecoding } from "../../../src/codec/jpeg/decoder.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import type { Decoding } from "../../../src/plan/craft.ts";
import type { Rect } from "../../../src/plan/size.ts";
import { decodeJpeg, jpegFacts, shrunkSize } from "../../support/jpeg-decoding.ts";
import { componentsOf, type PictureSpec, pictureSpec } from "../../support/jpeg-pictures.ts";
import { anyProgression, anySequential, SIMPLE_PROGRESSION, slowestProgression } from "../../support/jpeg-scripts.ts";
import { writeJpeg } from "../../support/jpeg-writer.ts";
import { randomNumbers } from "../../support/random.ts";
import { MODULES } from "../../support/wasm-modules.ts";

const SHRINKS = [1, 2, 4, 8] as const;
const kernels = new Kernels(MODULES.kernels);

interface Memory {
  /** Bytes of the arena that decoding took, and that were told beforehand. */
  readonly used: number;
  readonly told: number;
}

async function memoryOf(file: Uint8Array, shrink: Decoding["shrink"], wanted?: Rect): Promise<Memory> {
  const facts = jpegFacts(file);
  const part = wanted ?? { x: 0, y: 0, ...shrunkSize(facts, shrink) };
  const told = jpegDecoding.memory(facts, file.length, { shrink, wanted: part }).kernels;
  kernels.clear();
  const start = kernels.reserve(0);
  await decodeJpeg(kernels, file, { shrink, wanted: part, chunkBytes: 1000 });
  return { used: kernels.reserve(0) - start, told };
}

function expectWithin({ used, told }: Memory, what: string): void {
  expect(used, what).toBeGreaterThan(0);
  expect(used, what).toBeLessThanOrEqual(told);
}

/** The same file, whose frame tells another size: almost all of its data is missing. */
function resized(file: Uint8Array, width: number, height: number): Uint8Array {
  const at = file.findIndex((byte, place) => byte === 0xff && [0xc0, 0xc1, 0xc2].includes(file[place + 1] ?? 0));
  const copy = file.slice();
  copy.set([height >> 8, height & 255, width >> 8, width & 255], at + 5);
  return copy;
}

/** What is told for 200 scans and their tables. */
const SCANS_TOLD = 5_000_000;
/** What blocks are rounded up by, all of them together. */
const ALIGNED = 1000;

function anySpec(seed: number): PictureSpec {
  const next = randomNumbers(seed);
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  const factors = Array.from({ length: [1, 3, 3, 4][upTo(3)] ?? 3 }, () => `${1 + upTo(3)}x${1 + upTo(3)}`).join();
  const marker = ([0xc0, 0xc1, 0xc2] as const)[upTo(2)] ?? 0xc0;
  const components = componentsOf(factors);
  const scans =
    marker === 0xc2 ? anyProgression(components, next) : anySequential(components, next, marker === 0xc0 ? 1 : 3);
  const size = { width: 1 + upTo(60), height: 1 + upTo(40) };
  return { marker, size, sampling: factors, scans: scans.slice(0, 200), seed };
}

describe("a picture takes no more kernel memory than was told", () => {
  test("of any sampling, size, script and scale", async () => {
    for (let seed = 1; seed <= 400; seed++) {
      const file = writeJpeg(pictureSpec(anySpec(seed)));
      const shrink = SHRINKS[seed % 4] ?? 1;
      expectWithin(await memoryOf(file, shrink), `seed ${seed}`);
    }
  });

  test("whatever part of it is wanted", async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const file = writeJpeg(pictureSpec(anySpec(seed)));
      const next = randomNumbers(seed);
      for (const shrink of SHRINKS) {
        const { width, height } = shrunkSize(jpegFacts(file), shrink);
        const [x, y] = [Math.floor(next() * width), Math.floor(next() * height)];
        const wanted = {
          ...{ x, y },
          width: 1 + Math.floor(next() * (width - x)),
          height: 1 + Math.floor(next() * (height - y)),
        };
        const part = await memoryOf(file, shrink, wanted);
        expectWithin(part, `seed ${seed}, 1/${shrink}, ${JSON.stringify(wanted)}`);
        expect(part.told, "a part takes no more than the whole").toBeLessThanOrEqual(
          (await memoryOf(file, shrink)).told,
        );
      }
    }
  });

  const WIDE: readonly (readonly [what: string, spec: PictureSpec])[] = [
    ["gray", { sampling: "1x1" }],
    ["4:2:0", {}],
    ["4:4:4", { sampling: "1x1,1x1,1x1" }],
    ["4:2:2", { sampling: "2x1,1x1,1x1" }],
    ["4:4:0", { sampling: "1x2,1x1,1x1" }],
    ["4:1:1", { sampling: "4x1,1x1,1x1" }],
    ["three to two", { sampling: "3x2,2x1,1x1" }],
    ["four components", { sampling: "2x2,1x1,1x1,2x2" }],
    ["a scan a component", { scans: [0, 1, 2].map((place) => ({ of: [place] })) }],
    ["progressive", { marker: 0xc2, scans: SIMPLE_PROGRESSION }],
  ];

  test.each(WIDE)("as wide as any, %s", async (_, spec) => {
    const file = writeJpeg(pictureSpec(spec));
    for (const width of [1000, 65_535]) {
      for (const shrink of SHRINKS) {
        const memory = await memoryOf(resized(file, width, 70), shrink);
        expectWithin(memory, `${width} pixels at 1/${shrink}`);
        // What is told is not beyond measure either: files with fewer tables and scans than there may be take less.
        if (width === 65_535) expect(memory.told, "told").toBeLessThan(memory.used * 2 + SCANS_TOLD);
      }
    }
  });

  // What is told for scans and tables, more than most pictures have, must not make up for rows that are told too short.
  test.each(WIDE)("and each pixel of the width no more than was told for it: %s", async (_, spec) => {
    const file = writeJpeg(pictureSpec(spec));
    for (const shrink of SHRINKS) {
      const narrow = await memoryOf(resized(file, 96, 70), shrink);
      const wide = await memoryOf(resized(file, 60_000, 70), shrink);
      expect(wide.used - narrow.used).toBeGreaterThan(60_000 / shrink);
      expect(wide.used - narrow.used, `at 1/${shrink}`).toBeLessThanOrEqual(wide.told - narrow.told + ALIGNED);
    }
  });

  test("and its height takes none", async () => {
    for (const spec of [{}, { marker: 0xc2, scans: SIMPLE_PROGRESSION } as const]) {
      const file = writeJpeg(pictureSpec(spec));
      const [low, high] = [await memoryOf(resized(file, 50, 40), 1), await memoryOf(resized(file, 50, 20_000), 1)];
      expect(high).toEqual(low);
    }
  });
});

test("of the most scans that are taken, too", async () => {
  for (const spec of [
    { scans: [{ of: [0] }, { of: [1] }, { of: [2] }] },
    { marker: 0xc2, scans: slowestProgression(3, 0) } as const,
    { marker: 0xc2, sampling: "1x1", scans: slowestProgression(1, 2) } as const,
  ]) {
    const file = writeJpeg(pictureSpec({ sampling: "1x1,1x1,1x1", ...spec }));
    for (const shrink of SHRINKS) expectWithin(await memoryOf(file, shrink), `at 1/${shrink}`);
  }
});

describe("beside the kernels", () => {
  const facts = (spec: PictureSpec) => jpegFacts(writeJpeg(pictureSpec(spec)));
  const decoding = { shrink: 1, wanted: { x: 0, y: 0, width: 20, height: 20 } } as const;

  test("a picture in one scan takes nothing, one in several its whole file", () => {
    expect(jpegDecoding.memory(facts({}), 123_456, decoding).beside).toBe(0);
    for (const spec of [
      { marker: 0xc2, scans: SIMPLE_PROGRESSION } as const,
      { scans: [0, 1, 2].map((place) => ({ of: [place] })) },
    ]) {
      expect(jpegDecoding.memory(facts(spec), 123_456, decoding).beside).toBe(123_456);
    }
  });

  test("the orientation changes nothing of it: what counts is the picture as it lies in the file", () => {
    const upright = jpegFacts(resized(writeJpeg(pictureSpec({})), 3000, 100));
    const onItsSide = { ...upright, size: { width: 100, height: 3000 }, orientation: 6 } as const;
    const wanted = { x: 0, y: 0, width: 3000, height: 100 };
    expect(jpegDecoding.memory(onItsSide, 1, { shrink: 1, wanted })).toEqual(
      jpegDecoding.memory(upright, 1, { shrink: 1, wanted }),
    );
  });
});
