import { describe, expect, test } from "vitest";
import { type Chunk, headerBody, type PngHeader, pngOf } from "../support/png-bytes.ts";
import { faultOf, sniff } from "../support/sniffing.ts";

const HEADER: PngHeader = { width: 30, height: 20, depth: 8, colourType: 2 };
const IDAT: Chunk = ["IDAT", Uint8Array.of(1, 2, 3)];
const IEND: Chunk = ["IEND", new Uint8Array(0)];
const TRNS: Chunk = ["tRNS", Uint8Array.of(0, 1, 0, 2, 0, 3)];

const pngWith = (header: Partial<PngHeader>, ...chunks: readonly Chunk[]) =>
  pngOf([["IHDR", headerBody({ ...HEADER, ...header })], ...chunks, IDAT, IEND]);
const facts = (alpha: boolean, colourType = HEADER.colourType) => ({
  ...{ format: "png", orientation: 1, size: { width: 30, height: 20 } },
  ...{ alpha, png: { colourType } },
});

/** Colour type, and the depths that the specification allows it. */
const VALID: readonly (readonly [colourType: number, depths: readonly number[], alpha: boolean])[] = [
  [0, [1, 2, 4, 8, 16], false],
  [2, [8, 16], false],
  [3, [1, 2, 4, 8], false],
  [4, [8, 16], true],
  [6, [8, 16], true],
];

describe("colour type and depth", () => {
  test.each(VALID)("colour type %i is taken with %j bits, and with no others", (colourType, depths, alpha) => {
    for (let depth = 0; depth <= 255; depth++) {
      const file = pngWith({ colourType, depth });
      if (depths.includes(depth)) expect(sniff(file)).toEqual(facts(alpha, colourType));
      else {
        const detail = `the header says colour type ${colourType} with ${depth} bits`;
        expect(faultOf(() => sniff(file))).toEqual({ code: "sourceBroken", detail });
      }
    }
  });

  test("no other colour type is taken", () => {
    for (let colourType = 0; colourType <= 255; colourType++) {
      if (VALID.some(([valid]) => valid === colourType)) continue;
      expect(faultOf(() => sniff(pngWith({ colourType }))).code).toBe("sourceBroken");
    }
  });
});

describe("transparency", () => {
  test.each([0, 2, 3])("tRNS makes colour type %i transparent", (colourType) => {
    expect(sniff(pngWith({ colourType }, TRNS))).toEqual(facts(true, colourType));
  });

  test("tRNS is found behind other chunks, large ones too", () => {
    const profile: Chunk = ["iCCP", new Uint8Array(200_000).fill(7)];
    expect(
      sniff(pngWith({ colourType: 3 }, ["sRGB", Uint8Array.of(0)], profile, ["PLTE", new Uint8Array(9)], TRNS)),
    ).toEqual(facts(true, 3));
  });

  test("tRNS behind the image data comes too late to count", () => {
    const file = pngOf([["IHDR", headerBody(HEADER)], IDAT, TRNS, IEND]);
    expect(sniff(file)).toEqual(facts(false));
  });

  test("a chunk that only contains the letters tRNS is no tRNS", () => {
    expect(sniff(pngWith({}, ["tEXt", new Uint8Array(Buffer.from("tRNSIDAT"))]))).toEqual(facts(false));
  });
});

describe("the header", () => {
  test("takes both interlace methods, and no others", () => {
    for (const interlace of [0, 1]) expect(sniff(pngWith({ interlace }))).toEqual(facts(false));
    for (const interlace of [2, 3, 255]) {
      const detail = `the header says compression 0, filter 0, interlace ${interlace}`;
      expect(faultOf(() => sniff(pngWith({ interlace })))).toEqual({ code: "sourceBroken", detail });
    }
  });

  test("takes no other compression or filter method than the one there is", () => {
    expect(faultOf(() => sniff(pngWith({ compression: 1 }))).detail).toBe(
      "the header says compression 1, filter 0, interlace 0",
    );
    expect(faultOf(() => sniff(pngWith({ filter: 64 }))).detail).toBe(
      "the header says compression 0, filter 64, interlace 0",
    );
  });

  test.each([
    [{ width: 0 }, "the header says 0 × 20 pixels"],
    [{ height: 0 }, "the header says 30 × 0 pixels"],
    [{ width: 2 ** 31 }, "the header says 2147483648 × 20 pixels"],
    [{ height: 2 ** 32 - 1 }, "the header says 30 × 4294967295 pixels"],
  ])("with %o is damaged", (header, detail) => {
    expect(faultOf(() => sniff(pngWith(header)))).toEqual({ code: "sourceBroken", detail });
  });

  test("may say the largest sides there are", () => {
    const size = { width: 2 ** 31 - 1, height: 2 ** 31 - 1 };
    expect(sniff(pngWith(size))).toEqual({ ...facts(false), size });
  });

  test.each([
    ["another chunk comes first", [["gAMA", new Uint8Array(13)], IDAT, IEND]],
    ["it is too short", [["IHDR", new Uint8Array(12)], IDAT, IEND]],
    ["it is too long", [["IHDR", new Uint8Array(14)], IDAT, IEND]],
    ["there is image data only", [["IDAT", new Uint8Array(30)], IEND]],
  ] as const)("is missed where %s", (_, chunks) => {
    expect(faultOf(() => sniff(pngOf(chunks)))).toEqual({
      code: "sourceBroken",
      detail: "the PNG has no header chunk",
    });
  });
});

describe("chunks", () => {
  test("that end without image data are a damaged file", () => {
    const file = pngOf([["IHDR", headerBody(HEADER)], ["PLTE", new Uint8Array(3)], IEND]);
    expect(faultOf(() => sniff(file))).toEqual({ code: "sourceBroken", detail: "the PNG has no image data" });
  });

  test("that say a length beyond the specification's are a damaged file", () => {
    const file = pngOf([["IHDR", headerBody(HEADER)], ["PLTE", new Uint8Array(3)], IDAT, IEND]);
    new DataView(file.buffer).setUint32(33, 2 ** 31);
    expect(faultOf(() => sniff(file))).toEqual({ code: "sourceBroken", detail: "a chunk of 2147483648 bytes" });
  });

  test("that say they are longer than the file make the sniffer ask for more", () => {
    const file = pngOf([["IHDR", headerBody(HEADER)], ["PLTE", new Uint8Array(3)], IDAT, IEND]);
    new DataView(file.buffer).setUint32(33, 2 ** 31 - 1);
    expect(sniff(file)).toBe("wants more");
  });
});
