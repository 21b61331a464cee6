import { describe, expect, test } from "vitest";
import { turned } from "../../src/plan/orientation.ts";
import { exif } from "../support/jpeg-bytes.ts";
import { SPECIFIED } from "../support/pictures.ts";
import { type Chunk, headerBody, type PngHeader, pngOf } from "../support/png-bytes.ts";
import { faultOf, sniff } from "../support/sniffing.ts";

/** Source: PNG (Third Edition), 5.6, 11.2, 11.3. */

const HEADER: PngHeader = { width: 30, height: 20, depth: 8, colourType: 2 };
const PLTE: Chunk = ["PLTE", new Uint8Array(6)];
const IDAT: Chunk = ["IDAT", Uint8Array.of(1, 2, 3)];
const IEND: Chunk = ["IEND", new Uint8Array(0)];
const RGB_KEY: Chunk = ["tRNS", Uint8Array.of(0, 1, 0, 2, 0, 3)];
const oriented = (orientation: number): Chunk => ["eXIf", Uint8Array.from(exif({ orientation, identifier: [] }))];

/** Chunks between IHDR and IDAT, behind the palette where one is needed. */
function pngWith(header: Partial<PngHeader>, ...chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const palette = header.colourType === 3 ? [PLTE] : [];
  return pngOf([["IHDR", headerBody({ ...HEADER, ...header })], ...palette, ...chunks, IDAT, IEND]);
}

const FACTS = { format: "png", orientation: 1, size: { width: 30, height: 20 }, alpha: false } as const;
const facts = (alpha: boolean, colourType = 2, depth = 8, interlaced = false) => ({
  ...{ ...FACTS, alpha },
  png: { colourType, depth, interlaced },
});

const brokenBy = (what: string) => ({ code: "sourceBroken", detail: `the PNG has ${what}` });

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
      if (depths.includes(depth)) expect(sniff(file)).toEqual(facts(alpha, colourType, depth));
      else {
        const wrong = `colour type ${colourType} with ${depth} bits in its header`;
        expect(faultOf(() => sniff(file))).toEqual(brokenBy(wrong));
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
  test.each([
    [0, 2],
    [2, 6],
    [3, 1],
    [3, 2],
  ])("tRNS makes colour type %i transparent", (colourType, bytes) => {
    expect(sniff(pngWith({ colourType }, ["tRNS", new Uint8Array(bytes)]))).toEqual(facts(true, colourType));
  });

  test.each([
    [0, 1],
    [0, 6],
    [2, 2],
    [2, 7],
    [3, 0],
    [3, 3],
  ])("tRNS does not in colour type %i with %i bytes: it does not count", (colourType, bytes) => {
    expect(sniff(pngWith({ colourType }, ["tRNS", new Uint8Array(bytes)]))).toEqual(facts(false, colourType));
  });

  test("tRNS has as many alphas as pixels can refer to, however many colours there are", () => {
    for (const [bytes, alpha] of [
      [4, true],
      [5, false],
    ] as const) {
      const header = headerBody({ ...HEADER, colourType: 3, depth: 2 });
      const trns: Chunk = ["tRNS", new Uint8Array(bytes)];
      const file = pngOf([["IHDR", header], ["PLTE", new Uint8Array(48)], trns, IDAT, IEND]);
      expect(sniff(file)).toEqual(facts(alpha, 3, 2));
    }
  });

  test("tRNS is found behind other chunks, large ones too", () => {
    const profile: Chunk = ["iCCP", new Uint8Array(200_000).fill(7)];
    expect(sniff(pngWith({}, ["sRGB", Uint8Array.of(0)], profile, PLTE, RGB_KEY))).toEqual(facts(true));
  });

  test("tRNS behind the image data comes too late to count", () => {
    const file = pngOf([["IHDR", headerBody(HEADER)], IDAT, RGB_KEY, IEND]);
    expect(sniff(file)).toEqual(facts(false));
  });

  test("a chunk that only contains the letters tRNS is no tRNS", () => {
    expect(sniff(pngWith({}, ["tEXt", new Uint8Array(Buffer.from("tRNSIDAT"))]))).toEqual(facts(false));
  });
});

describe("eXIf", () => {
  test.each(SPECIFIED)(
    "orientation %i is that of the picture, whose size is that of the upright one",
    (orientation) => {
      const size = turned(FACTS.size, orientation);
      expect(sniff(pngWith({}, oriented(orientation)))).toEqual({ ...facts(false), orientation, size });
    },
  );

  test.each([
    ["behind the image data", pngOf([["IHDR", headerBody(HEADER)], IDAT, oriented(6), IEND])],
    ["that is empty", pngWith({}, ["eXIf", new Uint8Array(0)])],
    ["that is none", pngWith({}, ["eXIf", new Uint8Array(300).fill(6)])],
    ["of another tag", pngWith({}, ["eXIf", Uint8Array.from(exif({ orientation: 6, tag: 1, identifier: [] }))])],
  ])("%s says nothing", (_, file) => {
    expect(sniff(file)).toEqual(facts(false));
  });

  test("counts where it comes first, and is looked into as far as a JPEG could have it", () => {
    const size = turned(FACTS.size, 6);
    const long = new Uint8Array(100_000);
    long.set(exif({ orientation: 6, identifier: [] }));
    expect(sniff(pngWith({}, ["eXIf", long], oriented(3)))).toEqual({ ...facts(false), orientation: 6, size });
  });
});

describe("pHYs", () => {
  const phys = (x: number, unit: number): Chunk => {
    const content = Buffer.alloc(9);
    content.writeUInt32BE(x);
    content.writeUInt8(unit, 8);
    return ["pHYs", content];
  };

  test("gives the resolution, the first one", () => {
    expect(sniff(pngWith({}, phys(10_000, 1), phys(20_000, 1)))).toMatchObject({ resolution: 254 });
  });

  test.each([
    ["of another length", ["pHYs", new Uint8Array(10).fill(1)]],
    ["of no unit", phys(10_000, 0)],
    ["of nothing", phys(0, 1)],
  ] as const)("%s gives none", (_, chunk) => {
    expect(sniff(pngWith({}, chunk))).toEqual(facts(false));
  });
});

describe("the header", () => {
  test("takes both interlace methods, and no others", () => {
    for (const interlace of [0, 1]) expect(sniff(pngWith({ interlace }))).toEqual(facts(false, 2, 8, interlace === 1));
    for (const interlace of [2, 3, 255]) {
      const wrong = `compression 0, filter 0, interlace ${interlace} in its header`;
      expect(faultOf(() => sniff(pngWith({ interlace })))).toEqual(brokenBy(wrong));
    }
  });

  test("takes no other compression or filter method than the one there is", () => {
    expect(faultOf(() => sniff(pngWith({ compression: 1 })))).toEqual(
      brokenBy("compression 1, filter 0, interlace 0 in its header"),
    );
    expect(faultOf(() => sniff(pngWith({ filter: 64 })))).toEqual(
      brokenBy("compression 0, filter 64, interlace 0 in its header"),
    );
  });

  test.each([
    [{ width: 0 }, "0 × 20 pixels in its header"],
    [{ height: 0 }, "30 × 0 pixels in its header"],
    [{ width: 2 ** 31 }, "2147483648 × 20 pixels in its header"],
    [{ height: 2 ** 32 - 1 }, "30 × 4294967295 pixels in its header"],
  ])("with %o is damaged", (header, wrong) => {
    expect(faultOf(() => sniff(pngWith(header)))).toEqual(brokenBy(wrong));
  });

  test("may say the largest sides there are", () => {
    const size = { width: 2 ** 31 - 1, height: 2 ** 31 - 1 };
    expect(sniff(pngWith(size))).toEqual({ ...facts(false), size });
  });

  test("is damaged where any of its bytes, or of their checksum, is another one", () => {
    const file = pngWith({});
    for (let at = 16; at < 33; at++) {
      const changed = file.slice();
      changed[at] = (file[at] ?? 0) ^ 1;
      expect(faultOf(() => sniff(changed))).toEqual(brokenBy("a wrong checksum: IHDR at byte 8"));
    }
  });

  test.each([
    ["another chunk comes first", [["gAMA", new Uint8Array(13)], IDAT, IEND], "gAMA"],
    ["it is too short", [["IHDR", new Uint8Array(12)], IDAT, IEND], "IHDR"],
    ["it is too long", [["IHDR", new Uint8Array(14)], IDAT, IEND], "IHDR"],
    ["there is image data only", [["IDAT", new Uint8Array(30)], IEND], "IDAT"],
  ] as const)("is missed where %s", (_, chunks, type) => {
    expect(faultOf(() => sniff(pngOf(chunks)))).toEqual(brokenBy(`no header chunk: ${type} at byte 8`));
  });
});

describe("chunks", () => {
  test("that say they are longer than the file make the sniffer ask for more", () => {
    const file = pngWith({}, ["zTXt", new Uint8Array(3)]);
    new DataView(file.buffer).setUint32(33, 2 ** 31 - 1);
    expect(sniff(file)).toBe("wants more");
  });

  test("are not read where they mean nothing here: their checksums are the decoder's to check", () => {
    const file = pngWith({}, ["iCCP", new Uint8Array(500)]);
    expect(sniff(file.fill(0xa5, 41, 545))).toEqual(facts(false));
  });

  test("10000 before the image data are too many", () => {
    const texts = new Array<Chunk>(10_000).fill(["tEXt", new Uint8Array(1)]);
    expect(sniff(pngWith({}, ...texts.slice(1)))).toEqual(facts(false));
    const wrong = "more than 10000 chunks without image data";
    expect(faultOf(() => sniff(pngWith({}, ...texts)))).toEqual(brokenBy(wrong));
  });
});
