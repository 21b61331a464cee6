import { describe, expect, test } from "vitest";
import { noise } from "../../support/pictures.ts";
import { pngFile as encoded } from "../../support/pixels.ts";
import { type Chunk, chunksIn, pngOf, withDataIn } from "../../support/png-bytes.ts";
import { decodePng } from "../../support/png-decoding.ts";
import { factsOf, faultOf } from "../../support/sniffing.ts";

/** Source: PNG (Third Edition), 5.2, 5.3, 5.5, 5.6. */

const RASTER = noise({ width: 37, height: 23 }, 1, false);
const FILE = Uint8Array.from(encoded({ ...RASTER.size, data: RASTER.data }));
const [HEADER = ["IHDR", new Uint8Array()], DATA = ["IDAT", new Uint8Array()], END = ["IEND", new Uint8Array()]] =
  chunksIn(FILE);
const TEXT: Chunk = ["tEXt", new Uint8Array(300).fill(7)];

/** Each of its bytes is at the place of the same byte of every chunk, counted from its length. */
function chunkAt(file: Uint8Array, type: string): number {
  return Buffer.from(file.buffer, file.byteOffset, file.length).indexOf(type, 0, "latin1") - 4;
}

function expectWhole(file: Uint8Array, chunkBytes?: number): void {
  const { raster, warnings } = decodePng(file, chunkBytes === undefined ? {} : { chunkBytes });
  expect(warnings).toEqual([]);
  expect(Buffer.compare(raster.data, RASTER.data)).toBe(0);
}

test("the file that is taken apart is what it is meant to be", () => {
  expect([HEADER[0], DATA[0], END[0], DATA[1].length > 3000]).toEqual(["IHDR", "IDAT", "IEND", true]);
});

describe("a picture is the same", () => {
  test.each([1, 2, 3, 11, 12, 13, 64, 4096, 1_000_000])("from pushes of %i bytes", (chunkBytes) => {
    expectWhole(FILE, chunkBytes);
  });

  test("from two pushes, wherever the one ends", () => {
    for (let at = 1; at < FILE.length; at += at < 200 ? 1 : 97) {
      const file = Uint8Array.from(FILE);
      expectWhole(file, at);
    }
  });

  test.each([[[1]], [[2, 3]], [[1, 0]], [[0, 0, 0, 5]], [[255, 1]], [[1000, 0, 17]], [[65_536]]])(
    "whose image data come in chunks of %j bytes, in pushes of any size",
    (lengths) => {
      const file = withDataIn(lengths, FILE);
      for (const chunkBytes of [1, 13, 500, 1_000_000]) expectWhole(file, chunkBytes);
    },
  );

  test("with empty chunks of data before and behind the others", () => {
    const empty: Chunk = ["IDAT", new Uint8Array(0)];
    expectWhole(pngOf([HEADER, empty, empty, DATA, empty, END]));
  });

  test("behind anything that may be passed over, and before it", () => {
    const others: readonly Chunk[] = [
      TEXT,
      ["acTL", new Uint8Array(8)],
      ["iCCP", new Uint8Array(200_000).fill(0x5a)],
      ["prVt", new Uint8Array(0)],
    ];
    const frames: readonly Chunk[] = [
      TEXT,
      ["fcTL", new Uint8Array(26)],
      ["fdAT", new Uint8Array(100_000).fill(3)],
      TEXT,
    ];
    expectWhole(pngOf([HEADER, ...others, ...others, DATA, ...frames, ...frames, END]), 1000);
  });

  test("with anything behind its end", () => {
    expectWhole(Uint8Array.from([...FILE, ...FILE]));
    expectWhole(Uint8Array.from([...FILE, 1]), 1);
  });
});

describe("every byte of every chunk is held against its checksum", () => {
  const file = pngOf([HEADER, TEXT, DATA, ["tIME", new Uint8Array(7)], END]);
  const facts = factsOf(file);

  test.each(["IHDR", "tEXt", "IDAT", "tIME", "IEND"])("of %s, content and checksum", (type) => {
    const at = chunkAt(file, type);
    const length = new DataView(file.buffer).getUint32(at);
    const places = Array.from({ length: length + 4 }, (_, place) => at + 8 + place);
    const tried = places.length > 400 ? places.filter((place) => place % 37 === 0) : places;
    for (const place of [...tried, ...places.slice(-4)]) {
      const changed = file.slice();
      changed[place] = (file[place] ?? 0) ^ 0x10;
      const { code, detail } = faultOf(() => decodePng(changed, { facts }));
      expect(code).toBe("sourceBroken");
      // A byte of the data may make them no stream at all before its checksum comes.
      if (type !== "IDAT") expect(detail).toBe(`the PNG has a wrong checksum: ${type} at byte ${at}`);
    }
  });

  test("of their types, too: a letter in lower case is another chunk", () => {
    const changed = file.slice();
    changed[chunkAt(file, "tEXt") + 5] = 0x65;
    const detail = `the PNG has a wrong checksum: teXt at byte ${chunkAt(file, "tEXt")}`;
    expect(faultOf(() => decodePng(changed, { facts }))).toEqual({ code: "sourceBroken", detail });
  });

  test("of data that no row needs, and of more of them", () => {
    const surplus = pngOf([HEADER, DATA, ["IDAT", new Uint8Array(5000)], END]);
    expectWhole(surplus);
    const changed = surplus.slice();
    changed[surplus.length - 30] = 1;
    expect(faultOf(() => decodePng(changed)).detail).toMatch(/^the PNG has a wrong checksum: IDAT at byte \d+$/);
  });
});

describe("what breaks the rules is refused, wherever it stands", () => {
  const refused = (...chunks: readonly Chunk[]) => faultOf(() => decodePng(pngOf(chunks), { facts: factsOf(FILE) }));

  test.each([
    ["a header behind the data", [HEADER, DATA, HEADER, END], /a chunk too many: IHDR at byte \d+$/],
    ["a palette behind the data", [HEADER, DATA, ["PLTE", new Uint8Array(3)], END], /behind its image data: PLTE at/],
    ["data in two places", [HEADER, DATA, TEXT, ["IDAT", new Uint8Array(0)], END], /data in two places: IDAT at/],
    ["an end with something in it", [HEADER, DATA, ["IEND", new Uint8Array(1)]], /a chunk of 1 bytes: IEND at/],
    ["no data", [HEADER, TEXT, END], /no image data: IEND at/],
  ] as const)("%s", (_, chunks, detail) => {
    expect(refused(...chunks)).toEqual({ code: "sourceBroken", detail: expect.stringMatching(detail) });
  });

  test("a chunk that is critical and not known", () => {
    const { code, detail } = refused(HEADER, DATA, ["MINE", new Uint8Array(3)], END);
    expect([code, detail]).toEqual(["sourceUnsupported", expect.stringContaining("MINE at byte")]);
  });

  test("something else than a chunk", () => {
    const file = pngOf([HEADER, DATA, END]).fill(0, FILE.length - 12);
    const detail = `the PNG has something else than a chunk at byte ${FILE.length - 12}`;
    expect(faultOf(() => decodePng(file, { facts: factsOf(FILE) }))).toEqual({ code: "sourceBroken", detail });
  });

  test("another signature", () => {
    const file = FILE.slice();
    file[4] = 0x0a;
    expect(faultOf(() => decodePng(file, { facts: factsOf(FILE) })).detail).toBe("the PNG has no signature");
  });
});

describe("a tRNS that cannot be", () => {
  test("does not count, and is warned of", () => {
    const file = pngOf([HEADER, ["tRNS", new Uint8Array(2)], DATA, END]);
    const { raster, warnings } = decodePng(file);
    expect(Buffer.compare(raster.data, RASTER.data)).toBe(0);
    const wrong = "a chunk that colour type 6 may not have: tRNS at byte 33";
    expect(warnings).toEqual([`the PNG has ${wrong}, which does not count`]);
  });
});

describe("the work that a file costs is told, and stays within bounds", () => {
  test("each chunk counts, also those that nothing comes of", () => {
    const stepsOf = (file: Uint8Array) => decodePng(file).steps;
    const plain = stepsOf(FILE);
    expect(stepsOf(withDataIn([1], FILE)) - plain).toBe(4 * (DATA[1].length - 1));
    expect(stepsOf(pngOf([HEADER, ...new Array<Chunk>(5000).fill(TEXT), DATA, END])) - plain).toBe(20_000);
  });

  test("long stretches of chunks give strips without rows, so that the caller can look up", () => {
    const texts = new Array<Chunk>(9000).fill(["tEXt", new Uint8Array(0)]);
    const file = pngOf([HEADER, ...texts, DATA, END]);
    expect(decodePng(file, { chunkBytes: 80_000 }).pauses).toBe(1);
    expect(decodePng(FILE).pauses).toBe(0);
  });

  test("so do empty chunks of data, until there are too many of them", () => {
    const empty: Chunk = ["IDAT", new Uint8Array(0)];
    const file = pngOf([HEADER, ...new Array<Chunk>(10_000).fill(empty), DATA, END]);
    expect(faultOf(() => decodePng(file)).detail).toBe("the PNG has more than 10000 chunks without image data");
  });
});
