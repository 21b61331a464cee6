import { describe, expect, test } from "vitest";
import { readHead } from "../../../src/codec/png/chunks.ts";
import type { PngHeader } from "../../../src/codec/png/header.ts";
import { ChunkOrder } from "../../../src/codec/png/order.ts";
import { faultOf } from "../../support/sniffing.ts";

/** Source: PNG (Third Edition), 5.4, 5.6, 11.2, 11.3. */

const HEADER: PngHeader = { size: { width: 3, height: 2 }, depth: 8, colourType: 2, interlaced: false };

/** Plays chunks, "TYPE" or "TYPE:length", to the rules; what becomes of each. Each stands ten bytes behind the one before. */
function play(header: Partial<PngHeader>, ...chunks: readonly string[]) {
  const order = new ChunkOrder();
  const counts = chunks.map((text, index) => {
    const [type = "", length] = text.split(":");
    const counted = order.begin({ type, length: Number(length ?? LENGTHS.get(type) ?? 5), at: index * 10 });
    if (type === "IHDR") order.knows({ ...HEADER, ...header });
    return counted;
  });
  return { counts, ignored: [...order.ignored], colours: order.colours };
}

const LENGTHS = new Map([
  ["IHDR", 13],
  ["PLTE", 9],
  ["IEND", 0],
  ["tRNS", 6],
  ["pHYs", 9],
]);
const all = (count: number) => new Array<boolean>(count).fill(true);
const refusalOf = (header: Partial<PngHeader>, ...chunks: readonly string[]) =>
  faultOf(() => play(header, ...chunks)).detail;

describe("what stands in its place counts", () => {
  test.each([
    [["IHDR", "IDAT", "IEND"]],
    [["IHDR", "IDAT", "IDAT:0", "IDAT", "IEND"]],
    [["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]],
    [["IHDR", "pHYs", "PLTE", "eXIf", "tRNS", "IDAT", "IEND"]],
    [["IHDR", "tRNS", "PLTE", "pHYs", "IDAT", "IEND"]],
  ])("%j", (chunks) => {
    expect(play({}, ...chunks)).toMatchObject({ counts: all(chunks.length), ignored: [] });
  });
});

describe("critical chunks in another order, too many or too few, or of another length, are refused", () => {
  test.each([
    ["a second header", {}, ["IHDR", "IHDR"], "a chunk too many: IHDR at byte 10"],
    ["a header behind the data", {}, ["IHDR", "IDAT", "IHDR"], "a chunk too many: IHDR at byte 20"],
    ["no header", {}, ["IDAT"], "no header chunk: IDAT at byte 0"],
    ["no header at first", {}, ["pHYs", "IHDR"], "no header chunk: pHYs at byte 0"],
    ["a second palette", {}, ["IHDR", "PLTE", "PLTE"], "a chunk too many: PLTE at byte 20"],
    ["a late palette", {}, ["IHDR", "IDAT", "PLTE"], "a chunk behind its image data: PLTE at byte 20"],
    ["no palette", { colourType: 3 }, ["IHDR", "tEXt", "IDAT"], "no palette: IDAT at byte 20"],
    [
      "a palette of gray",
      { colourType: 0 },
      ["IHDR", "PLTE"],
      "a chunk that colour type 0 may not have: PLTE at byte 10",
    ],
    [
      "one of gray with alpha",
      { colourType: 4 },
      ["IHDR", "PLTE"],
      "a chunk that colour type 4 may not have: PLTE at byte 10",
    ],
    ["an empty palette", { colourType: 3 }, ["IHDR", "PLTE:0"], "a chunk of 0 bytes: PLTE at byte 10"],
    ["part of a colour", { colourType: 3 }, ["IHDR", "PLTE:10"], "a chunk of 10 bytes: PLTE at byte 10"],
    ["257 colours", { colourType: 6 }, ["IHDR", "PLTE:771"], "a chunk of 771 bytes: PLTE at byte 10"],
    ["data in two places", {}, ["IHDR", "IDAT", "tEXt", "IDAT"], "image data in two places: IDAT at byte 30"],
    ["no data", {}, ["IHDR", "IEND"], "no image data: IEND at byte 10"],
    ["an end with something in it", {}, ["IHDR", "IDAT", "IEND:1"], "a chunk of 1 bytes: IEND at byte 20"],
  ] as const)("%s", (_, header, chunks, wrong) => {
    expect(refusalOf(header, ...chunks)).toBe(`the PNG has ${wrong}`);
  });
});

describe("a palette", () => {
  test.each([2, 3, 6] as const)("may be there in colour type %i, with 1 to 256 colours", (colourType) => {
    for (const length of [3, 768]) {
      expect(play({ colourType }, "IHDR", `PLTE:${length}`, "IDAT").counts).toEqual(all(3));
    }
  });

  test("with more colours than pixels can refer to has those alone", () => {
    expect(play({ colourType: 3, depth: 2 }, "IHDR", "PLTE:768").colours).toBe(4);
    expect(play({ colourType: 3, depth: 2 }, "IHDR", "PLTE:6").colours).toBe(2);
  });
});

describe("ancillary chunks in another place, or of another length, do not count, and are no reason to refuse", () => {
  test.each([
    ["a second tRNS", {}, ["IHDR", "tRNS", "tRNS"], "tRNS", "a chunk too many: tRNS at byte 20"],
    ["a late tRNS", {}, ["IHDR", "IDAT", "tRNS"], "tRNS", "a chunk behind its image data: tRNS at byte 20"],
    [
      "tRNS beside alpha",
      { colourType: 6 },
      ["IHDR", "tRNS"],
      "tRNS",
      "a chunk that colour type 6 may not have: tRNS at byte 10",
    ],
    [
      "tRNS beside gray alpha",
      { colourType: 4 },
      ["IHDR", "tRNS"],
      "tRNS",
      "a chunk that colour type 4 may not have: tRNS at byte 10",
    ],
    ["tRNS before its palette", { colourType: 3 }, ["IHDR", "tRNS:1"], "tRNS", "a chunk of 1 bytes: tRNS at byte 10"],
    [
      "more alphas than colours",
      { colourType: 3 },
      ["IHDR", "PLTE:9", "tRNS:4"],
      "tRNS",
      "a chunk of 4 bytes: tRNS at byte 20",
    ],
    ["no alphas", { colourType: 3 }, ["IHDR", "PLTE:9", "tRNS:0"], "tRNS", "a chunk of 0 bytes: tRNS at byte 20"],
    ["a gray key of a byte", { colourType: 0 }, ["IHDR", "tRNS:1"], "tRNS", "a chunk of 1 bytes: tRNS at byte 10"],
    ["a short pHYs", {}, ["IHDR", "pHYs:8"], "pHYs", "a chunk of 8 bytes: pHYs at byte 10"],
    ["a late eXIf", {}, ["IHDR", "IDAT", "eXIf"], "eXIf", "a chunk behind its image data: eXIf at byte 20"],
    ["an empty eXIf", {}, ["IHDR", "eXIf:0"], "eXIf", "a chunk of 0 bytes: eXIf at byte 10"],
  ] as const)("%s", (_, header, chunks, type, wrong) => {
    const { counts, ignored } = play(header, ...chunks);
    expect([counts.at(-1), ignored]).toEqual([false, [[type, wrong]]]);
  });

  test("a wrong one leaves its place to a right one behind", () => {
    expect(play({}, "IHDR", "pHYs:8", "pHYs", "IDAT").counts).toEqual([true, false, true, true]);
  });
});

describe("chunks that are not known", () => {
  test.each(["IDAt", "CgBI", "MHDR", "FRED", "PLTe", "TrNS"])("are refused where they are critical: %s", (type) => {
    expect(faultOf(() => play({}, "IHDR", type))).toEqual({
      code: "sourceUnsupported",
      detail: `the PNG has a critical chunk that is not known: ${type} at byte 10`,
    });
  });

  test("are refused before the header, too: so begins a PNG for iPhones", () => {
    expect(faultOf(() => play({}, "CgBI", "IHDR")).code).toBe("sourceUnsupported");
  });

  // All ancillary chunks of the Third Edition that mean nothing here, those of animations among them, and private ones.
  const PASSED =
    "acTL cHRM cICP gAMA iCCP mDCV cLLI sBIT sRGB bKGD hIST fcTL sPLT fdAT tIME iTXt tEXt zTXt vpAg prVt abcd";
  test.each(PASSED.split(" "))("are passed over where they are ancillary, wherever they stand: %s", (type) => {
    const { counts, ignored } = play({}, "IHDR", type, "PLTE", type, type, "IDAT", type, "IEND");
    expect([counts, ignored]).toEqual([[true, false, true, false, false, true, false, true], []]);
  });
});

describe("chunks without image data", () => {
  const endless = (...chunks: readonly string[]) => [...chunks, ...new Array<string>(9999).fill(chunks.at(-1) ?? "")];

  test.each([
    ["text", ["IHDR", "tEXt"]],
    ["empty data", ["IHDR", "IDAT:0"]],
  ])("may be ten thousand, and no more: %s", (_, chunks) => {
    const many = endless(...chunks);
    expect(play({}, ...many.slice(0, -1)).counts[0]).toBe(true);
    expect(refusalOf({}, ...many)).toBe("the PNG has more than 10000 chunks without image data");
  });

  test("are not those that have some: there may be as many of these as come", () => {
    expect(play({}, "IHDR", ...new Array<string>(50_000).fill("IDAT:1"), "IEND").counts.at(-1)).toBe(true);
    const frames = new Array<string>(50_000).fill("fdAT:1");
    expect(play({}, "IHDR", "IDAT:1", ...frames, "IEND").counts.at(-1)).toBe(true);
  });
});

describe("the head of a chunk", () => {
  function headOf(length: number, type: string): DataView {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(length);
    head.write(type, 4, "latin1");
    return new DataView(head.buffer, head.byteOffset, 8);
  }

  test("has its length, its type, and where it stands", () => {
    expect(readHead(headOf(2 ** 31 - 1, "zTXt"), 70)).toEqual({ length: 2 ** 31 - 1, type: "zTXt", at: 70 });
  });

  test("has letters of ASCII, and nothing else", () => {
    for (let byte = 0; byte < 256; byte++) {
      const letter = String.fromCharCode(byte);
      for (const type of [`${letter}EXt`, `t${letter}Xt`, `tE${letter}t`, `tEX${letter}`]) {
        if (/[A-Za-z]/.test(letter)) expect(readHead(headOf(1, type), 9).type).toBe(type);
        else {
          const { detail } = faultOf(() => readHead(headOf(1, type), 9));
          expect(detail).toBe("the PNG has something else than a chunk at byte 9");
        }
      }
    }
  });

  test("says no length beyond that of the specification", () => {
    const { detail } = faultOf(() => readHead(headOf(2 ** 31, "IDAT"), 33));
    expect(detail).toBe("the PNG has a chunk of 2147483648 bytes: IDAT at byte 33");
  });
});
