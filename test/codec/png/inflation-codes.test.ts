import { describe, expect, test } from "vitest";
import {
  type Bits,
  bytesOf,
  codesOf,
  DYNAMIC,
  dynamicHeader,
  FINAL,
  FIXED,
  FIXED_CODES,
  lengthsWith,
  match,
  NOT_FINAL,
  number,
  STORED,
  zlibOf,
} from "../../support/deflate-writer.ts";
import { guardedKernels } from "../../support/guarded.ts";
import { inflated } from "../../support/inflating.ts";
import { dynamic, expectTaken } from "../../support/zlib-verdicts.ts";

const END = FIXED_CODES[256] ?? "";
const literal = (byte: number) => FIXED_CODES[byte] ?? "";

describe("a stream is taken", () => {
  test("whose only distance has a code of one bit, and whose literals need no distance at all", () => {
    const lengths = lengthsWith(258, { 7: 1, 256: 2, 257: 2 });
    const [seven, end, three] = [7, 256, 257].map((symbol) => codesOf(lengths)[symbol]);
    expectTaken(zlibOf(dynamic(lengths, [1], `${seven}${three}0${end}`), [7, 7, 7, 7]), [7, 7, 7, 7]);
    expectTaken(zlibOf(dynamic(lengths, [0], `${seven}${end}`), [7]), [7]);
    expectTaken(zlibOf(dynamic(lengthsWith(257, { 256: 1 }), [0], "0")), []);
  });

  test("that reaches back farther than the window of its header, as zlib takes it", () => {
    const content = Array.from({ length: 258 * 4 + 1 }, () => 9).concat([1, 2, 3, 9, 9, 9]);
    const blocks =
      FINAL + FIXED + literal(9) + match(258, 1).repeat(4) + literal(1) + literal(2) + literal(3) + match(3, 700) + END;
    expectTaken(zlibOf(blocks, content, 0x08), content);
  });

  test("of every block there is, of nothing and of something, one behind the other", () => {
    const stored = (bytes: readonly number[], before: Bits) => {
      const begun = `${before}${NOT_FINAL}${STORED}`;
      // A stored block goes on at the next whole byte of the stream, which has two in front.
      return (
        begun.padEnd(Math.ceil(begun.length / 8) * 8, "0") + bytesOf(bytes.length, 0, 255 - bytes.length, 255, ...bytes)
      );
    };
    const fixed = (symbols: Bits) => NOT_FINAL + FIXED + symbols + END;
    const lengths = lengthsWith(257, { 65: 1, 256: 1 });
    const codes = codesOf(lengths);
    const own = (symbols: Bits) => NOT_FINAL + DYNAMIC + dynamicHeader([...lengths, 0], 257, 1) + symbols + codes[256];
    let blocks = stored([1, 2], stored([], ""));
    blocks = stored([3], blocks + fixed("") + own("") + fixed(literal(4)) + own(`${codes[65]}`) + fixed(literal(5)));
    expectTaken(zlibOf(blocks + FINAL + FIXED + END, [1, 2, 4, 65, 5, 3]), [1, 2, 4, 65, 5, 3]);
  });

  test("whose codes are almost all longer than they are looked up by, of every length", () => {
    /** Codes of every longer length that fill `links` places, and one each of shorter ones for all that is left. */
    const lengths = (looked: number, links: number) => [
      ...Array.from({ length: links }, () => [
        ...Array.from({ length: 15 - looked }, (_, at) => looked + 1 + at),
        15,
      ]).flat(),
      ...[...number(2 ** looked - links, looked)].flatMap((bit, at) => (bit === "1" ? [looked - at] : [])),
    ];
    const [literals, distances] = [lengths(11, 55), lengths(9, 3)];
    expect([literals.length, distances.length]).toEqual([282, 29]);
    const codes = codesOf(literals);
    const content = Array.from({ length: 256 }, (_, byte) => byte);
    const symbols = content.map((byte) => codes[byte]).join("");
    const near = [1, 2, 3, 4, 5, 9, 200, 255].map((distance) => match(3, distance, codes, codesOf(distances)));
    const whole = [...content];
    for (const distance of [1, 2, 3, 4, 5, 9, 200, 255]) {
      for (let times = 0; times < 3; times++) whole.push(whole.at(-distance) ?? 0);
    }
    expectTaken(zlibOf(dynamic(literals, distances, symbols + near.join("") + codes[256]), whole), whole);
  });

  test("of 40,000 empty blocks, each of which counts as a step", () => {
    const blocks = (NOT_FINAL + FIXED + END).repeat(40_000) + FINAL + FIXED + END;
    const { kernels } = guardedKernels();
    const { bytes, steps } = inflated(kernels, zlibOf(blocks));
    expect([bytes.length, steps]).toEqual([0, 40_001]);
  });
});
