import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../../src/faults.ts";
import type { SourceFacts } from "../../../src/plan/facts.ts";
import { arrivingPicture } from "../../../src/serve/sources/sniffed-chunks.ts";
import { chunked } from "../../support/arriving.ts";
import { pngOf, quarters } from "../../support/charts.ts";
import { EOI, exif, exifSegment, frame, jpegBytes, SCAN, SOI, segment } from "../../support/jpeg-bytes.ts";
import { factsOf } from "../../support/sniffing.ts";
import { EXIF, vp8, vp8x, webpOf } from "../../support/webp-bytes.ts";

const FILES: readonly (readonly [string, Uint8Array])[] = [
  ["a JPEG", jpegBytes(SOI, exifSegment({ orientation: 6 }), frame({ width: 30, height: 20 }), SCAN, [1, 2, 3], EOI)],
  [
    "a JPEG whose height stands behind its scan",
    jpegBytes(SOI, frame({ width: 30, height: 0 }), SCAN, [1, 2, 3], segment(0xdc, [0, 20]), EOI),
  ],
  ["a PNG", Uint8Array.from(pngOf(quarters(20, 10)))],
  ["a WebP", webpOf([vp8(30, 20)])],
  [
    "a WebP whose Exif stands behind its picture",
    webpOf([vp8x(EXIF, 30, 20), vp8(30, 20), ["EXIF", Uint8Array.from(exif({ orientation: 8 })).subarray(6)]]),
  ],
];

async function passed(file: Uint8Array, lengths: readonly number[], judge: (facts: SourceFacts) => void = () => {}) {
  const picture = await arrivingPicture(chunked(file, lengths), file.length, judge);
  const bytes: number[] = [];
  for await (const chunk of picture.chunks) for (const byte of chunk) bytes.push(byte);
  return { mime: picture.mime, facts: picture.facts(), bytes: Uint8Array.from(bytes) };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.code;
    throw thrown;
  }
  throw new Error("it was not refused");
}

describe.each(FILES)("%s", (_, file) => {
  test("in whatever chunks it comes, its header says what it says of the whole, and its bytes pass unchanged", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }), async (lengths) => {
        const got = await passed(file, lengths);
        expect(got.facts).toEqual(factsOf(file));
        expect(got.bytes).toEqual(file);
      }),
      { numRuns: 50 },
    );
  });

  test("wherever it ends before its header does it is refused, and passes where it does not", async () => {
    for (let length = 1; length < file.length; length++) {
      const part = file.subarray(0, length);
      const got = await passed(part, [7]).catch((thrown: unknown) => thrown);
      if (got instanceof Fault) expect(["sourceBroken", "sourceFormat"]).toContain(got.code);
      else expect(got).toMatchObject({ facts: factsOf(file) });
    }
  });
});

test("what its judge does not want is refused with the judge's words", async () => {
  const judge = () => {
    throw new Fault("sourceTooLarge");
  };
  for (const [, file] of FILES) expect(await refusal(passed(file, [5, 9], judge))).toBe("sourceTooLarge");
});

test.each([
  ["a GIF", "GIF89a\u0001\u0000\u0001\u0000 and more of it"],
  ["a text", "hello"],
  ["a page", "<!doctype html><script>alert(1)</script>"],
])("%s is refused by its first bytes", async (_, text) => {
  const bytes = new TextEncoder().encode(text);
  expect(await refusal(passed(bytes, [1, 1, 1]))).toBe("sourceFormat");
});

test("of a header that is late only the first bytes are held, and all of it is read as it passes", async () => {
  const [, webp = new Uint8Array()] = FILES[4] ?? [];
  const picture = new Uint8Array(3_000_000);
  picture.set([0x10, 0, 0, 0x9d, 0x01, 0x2a, 30, 0, 20, 0]);
  const file = webpOf([
    vp8x(EXIF, 30, 20),
    ["VP8 ", picture],
    ["EXIF", Uint8Array.from(exif({ orientation: 8 })).subarray(6)],
  ]);
  let came = 0;
  async function* counted() {
    for await (const chunk of chunked(file, Array(100).fill(50_000))) {
      came += chunk.length;
      yield chunk;
    }
  }
  const arrived = await arrivingPicture(counted(), file.length, () => {});
  expect([arrived.early, arrived.mime]).toEqual([undefined, "image/webp"]);
  expect(came).toBe(300_000);
  expect(() => arrived.facts()).toThrow("its header does not end");
  let bytes = 0;
  for await (const chunk of arrived.chunks) bytes += chunk.length;
  expect(bytes).toBe(file.length);
  expect(arrived.facts()).toEqual(factsOf(webp));
});
