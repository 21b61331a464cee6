import { constants, deflateSync, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { STAGE_BYTES } from "../../../src/codec/png/inflation.ts";
import { guardedKernels } from "../../support/guarded.ts";
import { expectSame, inflated } from "../../support/inflating.ts";
import { randomBytes, randomNumbers } from "../../support/random.ts";
import { CONTENTS, randomStream } from "../../support/zlib-streams.ts";

const { kernels, trespasses } = guardedKernels();

describe("a stream that is cut off gives everything up to there", () => {
  const cuts: readonly (readonly [string, Uint8Array])[] = [
    ["one of literals alone", deflateSync(randomBytes(400, 1), { strategy: constants.Z_HUFFMAN_ONLY })],
    ["one of fixed codes", deflateSync(Buffer.from("a word, and a word, and a ward"), { strategy: constants.Z_FIXED })],
    ["a stored one", deflateSync(randomBytes(200, 2), { level: 0 })],
    ...[7, 11, 23, 28, 60, 77].map((seed) => [`random one ${seed}`, randomStream(seed, 4000).compressed] as const),
    [
      "one of many blocks",
      deflateSync(CONTENTS.get("text")?.(6000, randomNumbers(3)) ?? new Uint8Array(), { memLevel: 1 }),
    ],
  ];

  test.each(cuts)("%s, at every byte", (_, compressed) => {
    const right = inflateSync(compressed);
    for (let length = 0; length < compressed.length; length++) {
      const cut = compressed.subarray(0, length);
      const least = inflateSync(cut, { finishFlush: constants.Z_SYNC_FLUSH });
      for (const piece of [STAGE_BYTES, 3]) {
        kernels.clear();
        const { bytes, isCut } = inflated(kernels, cut, { piece: () => piece });
        expect(isCut, `at ${length}`).toBe(true);
        expect(bytes.length, `at ${length}`).toBeGreaterThanOrEqual(least.length);
        expectSame(bytes, right.subarray(0, bytes.length), `at ${length}`);
      }
    }
    expect(trespasses()).toBe(0);
  });

  test("inside its checksum it is all there", () => {
    const compressed = deflateSync(Buffer.from("all of it"));
    for (let missing = 1; missing <= 4; missing++) {
      kernels.clear();
      const { bytes, isCut } = inflated(kernels, compressed.subarray(0, -missing));
      expect([Buffer.from(bytes).toString(), isCut]).toEqual(["all of it", true]);
    }
  });
});

test("3000 damaged streams have the same end as with zlib, and write nowhere else", () => {
  const ends = new Map<string, number>();
  for (let seed = 1; seed <= 3000; seed++) {
    const { what, compressed } = randomStream(seed, 5000);
    const damaged = damage(compressed, randomNumbers(seed * 31));
    const theirs = endOf(() => inflateSync(damaged));
    kernels.clear();
    const ours = endOf(() => {
      const { bytes, isCut } = inflated(kernels, damaged, { piece: () => 1 + (seed % 700), most: 1 + (seed % 3000) });
      return isCut ? "cut" : bytes;
    });
    expect(ours, what).toEqual(theirs);
    expect(trespasses(), what).toBe(0);
    const kind = typeof ours === "string" ? ours : "whole";
    ends.set(kind, (ends.get(kind) ?? 0) + 1);
    if (seed % 10 === 0) {
      const sound = randomStream(seed + 1, 2000);
      kernels.clear();
      expectSame(inflated(kernels, sound.compressed).bytes, sound.content, `${sound.what}, after ${what}`);
    }
  }
  // Of each there are enough for the claim.
  expect(Math.min(ends.get("refused") ?? 0, ends.get("cut") ?? 0, ends.get("whole") ?? 0)).toBeGreaterThan(20);
});

function damage(stream: Uint8Array, next: () => number): Uint8Array {
  const bytes = Uint8Array.from(stream);
  const times = Math.floor(next() * 3);
  for (let time = 0; time < times; time++) {
    const at = Math.floor(next() * bytes.length);
    bytes[at] = next() < 0.5 ? (bytes[at] ?? 0) ^ (1 << Math.floor(next() * 8)) : next() * 256;
  }
  return next() < 0.2 ? bytes.subarray(0, Math.floor(next() * bytes.length)) : bytes;
}

/** What comes of it: the bytes, that they are cut off, or that they are refused. */
function endOf(inflate: () => Uint8Array | "cut"): Uint8Array | "cut" | "refused" {
  try {
    const end = inflate();
    return end === "cut" ? end : Uint8Array.from(end);
  } catch (thrown) {
    const { code } = thrown as { code?: string };
    if (code === "Z_BUF_ERROR") return "cut";
    expect(["Z_DATA_ERROR", "Z_NEED_DICT", "sourceBroken"]).toContain(code);
    return "refused";
  }
}
