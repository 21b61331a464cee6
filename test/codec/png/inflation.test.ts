import { deflateSync, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Inflation, inflationBytes, STAGE_BYTES } from "../../../src/codec/png/inflation.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import { FINAL, FIXED, FIXED_CODES, match, zlibOf } from "../../support/deflate-writer.ts";
import { guardedKernels } from "../../support/guarded.ts";
import { expectSame, inflated } from "../../support/inflating.ts";
import { randomBytes, randomNumbers } from "../../support/random.ts";
import { MODULES } from "../../support/wasm-modules.ts";
import { CONTENTS, randomStream } from "../../support/zlib-streams.ts";

const { kernels, trespasses } = guardedKernels();

describe("a stream is inflated to what the platform inflates it to", () => {
  test("400 random ones, in pieces of any size and taken in any amounts", () => {
    for (let seed = 1; seed <= 400; seed++) {
      const { what, compressed } = randomStream(seed, seed % 40 === 0 ? 3_000_000 : 60_000);
      const next = randomNumbers(seed + 1_000_000);
      const most = 1 + Math.floor(70_000 ** next());
      const largest = STAGE_BYTES ** next();
      kernels.clear();
      const got = inflated(kernels, compressed, {
        most,
        piece: () => 1 + Math.floor(next() * largest),
        wanted: () => 1 + Math.floor(next() * most),
      });
      expectSame(got.bytes, inflateSync(compressed), what);
      expect(got.isCut, what).toBe(false);
      expect(trespasses(), what).toBe(0);
    }
  });

  test.each([...CONTENTS])("a long one of %s, byte by byte or whole", (_, content) => {
    const right = content(1_500_000, randomNumbers(9));
    const compressed = deflateSync(right);
    for (const piece of [1, 15, 16, 17, 319, 320, 321, STAGE_BYTES]) {
      kernels.clear();
      const got = inflated(kernels, compressed, { piece: () => piece, most: 30_000 });
      expectSame(got.bytes, right, `pieces of ${piece}`);
    }
    expect(trespasses()).toBe(0);
  });

  test("every length of a match at every near distance", () => {
    for (let distance = 1; distance <= 40; distance++) {
      const content = [...randomBytes(distance, distance)];
      const literals = content.map((byte) => FIXED_CODES[byte]).join("");
      let matches = "";
      for (let length = 3; length <= 258; length++) {
        matches += match(length, distance);
        for (let times = 0; times < length; times++) content.push(content.at(-distance) ?? 0);
      }
      const compressed = zlibOf(FINAL + FIXED + literals + matches + FIXED_CODES[256], content);
      kernels.clear();
      expectSame(inflated(kernels, compressed).bytes, Uint8Array.from(content), `distance ${distance}`);
    }
    expect(trespasses()).toBe(0);
  });

  test("the farthest distance, however much is wanted at a time and however far the window has slid", () => {
    const period = randomBytes(32_768, 1);
    const right = Buffer.concat(Array.from({ length: 20 }, () => period));
    let blocks = "";
    for (const [at, byte] of right.entries()) {
      if (at >= period.length) break;
      blocks += FIXED_CODES[byte];
    }
    const matches = (right.length - period.length) / 256;
    const compressed = zlibOf(FINAL + FIXED + blocks + match(256, 32_768).repeat(matches) + FIXED_CODES[256], right);
    for (const most of [1, 1000, 32_767, 32_769, 100_000, 200_000]) {
      kernels.clear();
      expectSame(inflated(kernels, compressed, { most }).bytes, right, `${most} at a time`);
      expect(trespasses()).toBe(0);
    }
  });

  test("and what follows a stream is not looked at", () => {
    const compressed = Buffer.concat([deflateSync(Buffer.from("all of it")), randomBytes(500, 3)]);
    for (const piece of [1, 100, 1000]) {
      kernels.clear();
      const { bytes, isCut } = inflated(kernels, compressed, { piece: () => piece });
      expect([Buffer.from(bytes).toString(), isCut]).toEqual(["all of it", false]);
    }
  });
});

describe("an inflation", () => {
  test.each([1, 12_097, 32_768, 40_000, 131_072, 1_000_001])(
    "for %i bytes at a time takes the memory that it tells",
    (most) => {
      const own = new Kernels(MODULES.kernels);
      const from = own.reserve(0);
      new Inflation(own, most);
      expect(own.reserve(0) - from).toBe(inflationBytes(most));
    },
  );

  test("never moves its stage, and leaves it alone while it wants nothing", () => {
    kernels.clear();
    const inflation = new Inflation(kernels, 1000);
    const { stage } = inflation;
    const compressed = deflateSync(randomBytes(100_000, 4));
    kernels.bytesAt(stage, 50_000).set(compressed.subarray(0, 50_000));
    inflation.give(50_000);
    while (inflation.advance(1000) === "ready") inflation.skip(1000);
    expect(inflation.stage).toBe(stage);
    const left = compressed.subarray(50_000);
    kernels.bytesAt(stage, left.length).set(left);
    inflation.give(left.length);
    expect(() => inflation.give(1)).toThrow("not wanted");
  });

  test("is ready for what lies unread without any more bytes, and says so as often as it is asked", () => {
    kernels.clear();
    const inflation = new Inflation(kernels, 100);
    const compressed = deflateSync(Buffer.from("0123456789"));
    kernels.bytesAt(inflation.stage, compressed.length).set(compressed);
    expect(inflation.advance(1)).toBe("wanting");
    inflation.give(compressed.length);
    inflation.end();
    expect([inflation.advance(4), inflation.advance(4), inflation.unread]).toEqual(["ready", "ready", 10]);
    inflation.skip(4);
    expect(Buffer.from(kernels.bytesAt(inflation.at, 6)).toString()).toBe("456789");
    expect([inflation.advance(7), inflation.advance(6), inflation.isCut]).toEqual(["ended", "ready", false]);
    inflation.skip(6);
    expect([inflation.advance(1), inflation.unread, inflation.advance(0)]).toEqual(["ended", 0, "ready"]);
  });

  test("is not asked for more than it was made for", () => {
    kernels.clear();
    expect(() => new Inflation(kernels, 100).advance(101)).toThrow("101 bytes");
  });

  test("that has refused its stream goes on refusing it, for the same reason", () => {
    kernels.clear();
    const inflation = new Inflation(kernels, 100);
    const compressed = zlibOf(`${FINAL}11`);
    kernels.bytesAt(inflation.stage, compressed.length).set(compressed);
    inflation.give(compressed.length);
    inflation.end();
    for (let times = 0; times < 3; times++) expect(() => inflation.advance(1)).toThrow("a type that there is not");
  });
});
