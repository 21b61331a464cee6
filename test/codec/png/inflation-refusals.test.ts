import { describe, test } from "vitest";
import {
  bytesOf,
  codesOf,
  DYNAMIC,
  dynamicHeader,
  FINAL,
  FIXED,
  FIXED_CODES,
  FIXED_DISTANCES,
  header,
  lengthsWith,
  match,
  NO_SUCH_TYPE,
  number,
  STORED,
  zlibOf,
} from "../../support/deflate-writer.ts";
import { dynamic, expectRefused, expectTaken } from "../../support/zlib-verdicts.ts";

/** As many bits as a decoder may want to see before it says anything. */
const MORE = "0".repeat(400);
const END = FIXED_CODES[256] ?? "";
const literal = (byte: number) => FIXED_CODES[byte] ?? "";

describe("a stream is refused", () => {
  const good = zlibOf(FINAL + FIXED + END);
  const beginning = (bytes: readonly number[]) => Uint8Array.of(...bytes, ...good.subarray(2));

  test("that does not begin as one", () => {
    expectTaken(good, []);
    expectRefused(beginning([0x78, 0x02]), "data that begins with no zlib header");
    expectRefused(beginning(header(0x77)), "data of a compression method that is not deflate");
    expectRefused(beginning(header(0x88)), "data with a window of more than 32768 bytes");
    expectRefused(beginning(header(0x78, 0x20)), "data that wants a dictionary");
  });

  test("with a block of the fourth type", () => {
    expectRefused(zlibOf(FINAL + NO_SUCH_TYPE + MORE), "data with a block of a type that there is not");
  });

  test("with a stored block whose length and its complement do not agree", () => {
    const stored = FINAL + STORED + number(0, 5);
    expectTaken(zlibOf(stored + bytesOf(1, 0, 0xfe, 0xff, 77), [77]), [77]);
    for (const wrong of [
      [0xff, 0xff],
      [0xfe, 0xfe],
      [1, 0],
    ]) {
      expectRefused(
        zlibOf(stored + bytesOf(1, 0, ...wrong, 77), [77]),
        "data with a stored block whose length is damaged",
      );
    }
  });

  test("with more codes than there are symbols", () => {
    const zeros: readonly [18, number] = [18, 127];
    for (const [literals, distances] of [
      [287, 1],
      [288, 1],
      [257, 31],
      [257, 32],
    ] as const) {
      const block = FINAL + DYNAMIC + dynamicHeader([zeros, zeros, zeros], literals, distances);
      expectRefused(zlibOf(block), "data with more codes than there are symbols");
    }
  });

  test.each([
    ["too many", { 0: 1, 1: 1, 2: 1 }],
    ["one alone", { 0: 1 }],
    ["one of two bits", { 0: 2 }],
    ["not enough", { 0: 1, 1: 2 }],
  ] as const)("whose lengths come in codes that there cannot be: %s", (_, lengthCode) => {
    const block = FINAL + DYNAMIC + dynamicHeader([], 257, 1, lengthsWith(19, lengthCode));
    expectRefused(zlibOf(block + MORE), "data with impossible codes for lengths of codes");
  });

  test("whose lengths come in no codes, and so say of no block how it ends", () => {
    const block = FINAL + DYNAMIC + dynamicHeader([], 257, 1, lengthsWith(19, {}));
    expectRefused(zlibOf(block + MORE), "data with a block that has no end");
  });

  test("that repeats a length before the first one, or beyond the last", () => {
    const what = "data with a repeated length where there is none, or too many";
    expectRefused(zlibOf(FINAL + DYNAMIC + dynamicHeader([[16, 0]], 257, 1) + MORE), what);
    const to = (left: number) => lengthsWith(258 - left, { 0: 1, 256: 1 });
    for (const [symbol, fewest] of [
      [16, 3],
      [17, 3],
      [18, 11],
    ] as const) {
      const begun = (left: number) => FINAL + DYNAMIC + dynamicHeader([...to(left), [symbol, 0]], 257, 1) + MORE;
      expectRefused(zlibOf(begun(fewest - 1)), what);
    }
  });

  test("with a block that has no code for its end", () => {
    expectRefused(zlibOf(dynamic(lengthsWith(257, { 0: 1, 1: 1 }), [0], MORE)), "data with a block that has no end");
  });

  test.each([
    ["too many", { 0: 1, 1: 1, 256: 1 }],
    ["too many of the longest", { 0: 1, 1: 2, 2: 3, 3: 4, 4: 15, 256: 15, 5: 4, 6: 15 }],
    ["not enough", { 0: 1, 256: 2 }],
    ["the end alone, of two bits", { 256: 2 }],
    ["the end alone, of 15 bits", { 256: 15 }],
  ] as const)("whose literals have codes that there cannot be: %s", (_, lengths) => {
    expectRefused(zlibOf(dynamic(lengthsWith(257, lengths), [0], MORE)), "data with impossible codes for literals");
  });

  test.each([
    ["too many", [1, 1, 1]],
    ["not enough", [1, 2]],
    ["one of two bits", [2]],
    ["two of two bits", [2, 2]],
  ])("whose distances have codes that there cannot be: %s", (_, lengths) => {
    expectRefused(
      zlibOf(dynamic(lengthsWith(257, { 0: 1, 256: 1 }), lengths, MORE)),
      "data with impossible codes for distances",
    );
  });

  test("that has a code which means no literal and no length", () => {
    const what = "data with a code for no literal";
    expectRefused(zlibOf(FINAL + FIXED + FIXED_CODES[286] + MORE), what);
    expectRefused(zlibOf(FINAL + FIXED + FIXED_CODES[287] + MORE), what);
    expectRefused(zlibOf(dynamic(lengthsWith(257, { 256: 1 }), [0], `1${MORE}`)), what);
  });

  test("that has a code which means no distance", () => {
    const what = "data with a code for no distance";
    const begun = FINAL + FIXED + literal(1) + FIXED_CODES[257];
    expectRefused(zlibOf(begun + FIXED_DISTANCES[30] + MORE), what);
    expectRefused(zlibOf(begun + FIXED_DISTANCES[31] + MORE), what);
    const lengths = lengthsWith(258, { 0: 1, 256: 2, 257: 2 });
    const [zero, three] = [codesOf(lengths)[0], codesOf(lengths)[257]];
    expectRefused(zlibOf(dynamic(lengths, [1], `${zero}${three}1${MORE}`)), what);
    expectRefused(zlibOf(dynamic(lengths, [0], `${zero}${three}0${MORE}`)), what);
  });

  test("that repeats what was never there", () => {
    const what = "data that repeats what was never there";
    expectRefused(zlibOf(FINAL + FIXED + match(3, 1) + MORE), what);
    expectRefused(zlibOf(FINAL + FIXED + literal(5) + literal(6) + match(3, 3) + MORE), what);
    expectRefused(zlibOf(FINAL + FIXED + literal(5) + match(258, 1) + match(3, 260) + MORE), what);
    expectRefused(zlibOf(FINAL + FIXED + literal(5) + match(258, 1) + match(3, 32_768) + MORE), what);
  });

  test("whose checksum is wrong in any of its bytes", () => {
    const right = zlibOf(FINAL + FIXED + literal(1) + literal(2) + END, [1, 2]);
    expectTaken(right, [1, 2]);
    for (let at = 1; at <= 4; at++) {
      const wrong = right.slice();
      wrong[right.length - at] = (wrong[right.length - at] ?? 0) ^ 1;
      expectRefused(wrong, "data whose checksum is wrong");
    }
  });
});
