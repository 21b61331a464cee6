import { describe, expect, test } from "vitest";
import type { Decoder } from "../../src/codec/decoder.ts";
import { type DecodedPicture, gatheringDecoder } from "../../src/codec/foreign/gather.ts";
import { Fault } from "../../src/faults.ts";
import { decode } from "../support/decoding.ts";
import { noise } from "../support/pictures.ts";
import { randomBytes } from "../support/random.ts";

const SIZE = { width: 700, height: 1000 };
const facts = { format: "png", orientation: 1, size: SIZE, alpha: true } as const;
const FILE = randomBytes(100, 1);
const PICTURE = noise(SIZE, 2, false);

/** A codec that knows one file and one picture. */
const maker = gatheringDecoder(10, async (file) => {
  expect(file).toEqual(FILE);
  return { ...SIZE, data: PICTURE.data };
});

const makerOf = (decode: (file: Uint8Array) => Promise<DecodedPicture>) => gatheringDecoder(10, decode);

/** The code of the fault that a decoder ends with. */
async function codeOf(work: () => void | Promise<void>): Promise<string> {
  const thrown: unknown = await Promise.resolve()
    .then(work)
    .then(
      () => undefined,
      (cause: unknown) => cause,
    );
  return thrown instanceof Fault ? thrown.code : `no fault: ${String(thrown)}`;
}

function pushed(decoder: Decoder, bytes: number): Decoder {
  decoder.push(FILE.subarray(0, bytes));
  return decoder;
}

describe("strips", () => {
  test("cover the picture exactly once, in order, each of at most 262 144 pixels", async () => {
    const { strips, raster } = await decode(maker, facts, FILE);
    expect(strips).toEqual([
      { y: 0, rows: 374 },
      { y: 374, rows: 374 },
      { y: 748, rows: 252 },
    ]);
    expect(Buffer.compare(raster.data, PICTURE.data)).toBe(0);
  });

  test("are single rows where a row is longer than a strip may be", async () => {
    const size = { width: 300_000, height: 3 };
    const wide = makerOf(async () => ({ ...size, data: new Uint8Array(size.width * size.height * 4) }));
    const { strips } = await decode(wide, { ...facts, size }, FILE);
    expect(strips.map(({ rows }) => rows)).toEqual([1, 1, 1]);
  });

  test("show the part of a buffer that the codec says, wherever it begins", async () => {
    const size = { width: 2, height: 2 };
    const data = Uint8Array.from({ length: 40 }, (_, at) => at).subarray(8, 24);
    const { raster } = await decode(
      makerOf(async () => ({ ...size, data })),
      { ...facts, size },
      FILE,
    );
    expect([...raster.data]).toEqual([...data]);
  });

  test("come only between the end of the bytes and the last row", async () => {
    const decoder = maker.make(facts, FILE.length);
    expect(decoder.pull()).toBeUndefined();
    pushed(decoder, 100);
    expect(decoder.pull()).toBeUndefined();
    await decoder.end();
    for (let times = 0; times < 3; times++) expect(decoder.pull()).toBeDefined();
    expect([decoder.pull(), decoder.pull()]).toEqual([undefined, undefined]);
  });
});

describe("bytes", () => {
  test.each([1, 7, 99, 100, 65_536])("in chunks of %i are the same file", async (chunk) => {
    const { raster } = await decode(maker, facts, FILE, chunk);
    expect(Buffer.compare(raster.data, PICTURE.data)).toBe(0);
  });

  test("are copied: what happens to a chunk later does not matter", async () => {
    const decoder = maker.make(facts, FILE.length);
    const chunk = FILE.slice();
    decoder.push(chunk);
    chunk.fill(0);
    await decoder.end();
    expect(decoder.pull()?.y).toBe(0);
  });

  test("more than the file had make it another file", async () => {
    expect(await codeOf(() => pushed(maker.make(facts, 60), 30).push(FILE.subarray(0, 31)))).toBe("sourceChanged");
  });

  test("behind its end make it another file, too", async () => {
    const decoder = pushed(maker.make(facts, 100), 100);
    await decoder.end();
    expect(await codeOf(() => decoder.push(Uint8Array.of(1)))).toBe("sourceChanged");
  });

  test("fewer than the file had are the storage's fault, and nothing is decoded", async () => {
    for (const bytes of [0, 1, 99]) {
      const decoder = pushed(makerOf(() => Promise.reject(new Error("not asked for"))).make(facts, 100), bytes);
      expect(await codeOf(() => decoder.end())).toBe("storage");
      expect(decoder.pull()).toBeUndefined();
    }
  });
});

describe("a codec that", () => {
  test.each([
    ["throws an error", new Error("bad data")],
    ["traps", new WebAssembly.RuntimeError("unreachable")],
    ["throws a string", "Aborted()"],
    ["throws nothing at all", undefined],
  ])("%s says that the source is broken, with the cause at hand", async (_, thrown) => {
    const decoder = pushed(makerOf(() => Promise.reject(thrown)).make(facts, 100), 100);
    const fault: unknown = await Promise.resolve(decoder.end()).catch((cause: unknown) => cause);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ code: "sourceBroken", cause: thrown });
    expect(decoder.pull()).toBeUndefined();
  });

  test.each([
    { width: 701, height: 1000 },
    { width: 700, height: 999 },
    { width: 1000, height: 700 },
  ])("gives $width × $height pixels where the header said 700 × 1000 says that the source is broken", async (size) => {
    const lying = makerOf(async () => ({ ...size, data: new Uint8Array(size.width * size.height * 4) }));
    const decoder = pushed(lying.make(facts, 100), 100);
    await expect(decoder.end()).rejects.toMatchObject({
      code: "sourceBroken",
      detail: `header says 700 × 1000, picture is ${size.width} × ${size.height}`,
    });
  });
});

test("the maker tells how long decoding blocks", () => {
  expect(maker.blockingMsPerMegapixel).toBe(10);
});
