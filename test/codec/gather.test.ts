import { describe, expect, test } from "vitest";
import type { Decoder, DecoderMaker } from "../../src/codec/decoder.ts";
import { type DecodedPicture, type GatheringCosts, gatheringDecoder } from "../../src/codec/foreign/gather.ts";
import { Fault } from "../../src/faults.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import { decode } from "../support/decoding.ts";
import { noise } from "../support/pictures.ts";
import { randomBytes } from "../support/random.ts";
import { MODULES } from "../support/wasm-modules.ts";

const SIZE = { width: 700, height: 1000 };
const facts = { format: "png", orientation: 1, size: SIZE, alpha: true } as const;
const FILE = randomBytes(100, 1);
const PICTURE = noise(SIZE, 2, false);

const COSTS: GatheringCosts = {
  blockingMsPerMegapixel: 10,
  beside: (pixels, fileBytes) => pixels * 8 + fileBytes * 2,
};

/** A codec that knows one file and one picture. */
const maker = gatheringDecoder(COSTS, async (file) => {
  expect(file).toEqual(FILE);
  return { ...SIZE, data: PICTURE.data };
});

const makerOf = (decode: (file: Uint8Array) => Promise<DecodedPicture>) => gatheringDecoder(COSTS, decode);

/** A decoder for a file of so many bytes, with kernels of its own. */
function made(of: DecoderMaker, bytes: number, kernels = new Kernels(MODULES.kernels)): Decoder {
  return of.make(kernels, facts, bytes, { shrink: 1, wanted: { x: 0, y: 0, ...SIZE } });
}

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
  test("cover the picture exactly once, in order, as many rows at a time as the resampler takes", async () => {
    for (const height of [1, 3, 4, 5, 1000]) {
      const size = { width: 700, height };
      const part = makerOf(async () => ({ ...size, data: PICTURE.data.subarray(0, 700 * height * 4) }));
      const { strips, raster } = await decode(part, { ...facts, size }, FILE);
      expect(strips.map(({ y, rows }) => [y, rows])).toEqual(
        Array.from({ length: Math.ceil(height / 4) }, (_, at) => [at * 4, Math.min(4, height - at * 4)]),
      );
      expect(Buffer.compare(raster.data, PICTURE.data.subarray(0, 700 * height * 4))).toBe(0);
    }
  });

  test("lie in the memory that was told of and no more", async () => {
    for (const width of [1, 3, 64, 701]) {
      const size = { width, height: 9 };
      const { data } = noise(size, width, false);
      const kernels = new Kernels(MODULES.kernels);
      const start = kernels.reserve(0);
      const narrow = makerOf(async () => ({ ...size, data }));
      const { raster } = await decode(narrow, { ...facts, size }, FILE, 100, kernels);
      expect(Buffer.compare(raster.data, data)).toBe(0);
      const wanted = { x: 0, y: 0, ...size };
      const told = narrow.memory({ ...facts, size }, FILE.length, { shrink: 1, wanted });
      expect(kernels.reserve(0) - start).toBeLessThanOrEqual(Math.ceil(told.kernels / 16) * 16);
      expect(told.beside).toBeGreaterThanOrEqual(data.length + FILE.length);
    }
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
    const decoder = made(maker, FILE.length);
    expect(decoder.pull()).toBeUndefined();
    pushed(decoder, 100);
    expect(decoder.pull()).toBeUndefined();
    await decoder.end();
    for (let times = 0; times < 250; times++) expect(decoder.pull()).toBeDefined();
    expect([decoder.pull(), decoder.pull()]).toEqual([undefined, undefined]);
  });
});

describe("bytes", () => {
  test.each([1, 7, 99, 100, 65_536])("in chunks of %i are the same file", async (chunk) => {
    const { raster } = await decode(maker, facts, FILE, chunk);
    expect(Buffer.compare(raster.data, PICTURE.data)).toBe(0);
  });

  test("are copied: what happens to a chunk later does not matter", async () => {
    const decoder = made(maker, FILE.length);
    const chunk = FILE.slice();
    decoder.push(chunk);
    chunk.fill(0);
    await decoder.end();
    expect(decoder.pull()?.y).toBe(0);
  });

  test("far too many for the picture are refused before any of them is held", async () => {
    const most = SIZE.width * SIZE.height * 8 + 8 * 1024 * 1024;
    expect(() => made(maker, most)).not.toThrow();
    expect(() => made(maker, most + 1)).toThrow(`a file of ${most + 1} bytes`);
    await expect(codeOf(() => void made(maker, 2 ** 40))).resolves.toBe("sourceUnsupported");
  });

  test("more than the file had make it another file", async () => {
    expect(await codeOf(() => pushed(made(maker, 60), 30).push(FILE.subarray(0, 31)))).toBe("sourceChanged");
  });

  test("behind its end make it another file, too", async () => {
    const decoder = pushed(made(maker, 100), 100);
    await decoder.end();
    expect(await codeOf(() => decoder.push(Uint8Array.of(1)))).toBe("sourceChanged");
  });

  test("fewer than the file had are the storage's fault, and nothing is decoded", async () => {
    for (const bytes of [0, 1, 99]) {
      const decoder = pushed(
        made(
          makerOf(() => Promise.reject(new Error("not asked for"))),
          100,
        ),
        bytes,
      );
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
    const decoder = pushed(
      made(
        makerOf(() => Promise.reject(thrown)),
        100,
      ),
      100,
    );
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
    const decoder = pushed(made(lying, 100), 100);
    await expect(decoder.end()).rejects.toMatchObject({
      code: "sourceBroken",
      detail: `header says 700 × 1000, picture is ${size.width} × ${size.height}`,
    });
  });
});

describe("what is held beside the kernels", () => {
  /** A decoder whose codec keeps what it was given and what it gave. */
  function watched(fails = false) {
    const data = PICTURE.data.slice();
    const given: Uint8Array[] = [];
    const decoder = made(
      makerOf(async (file) => {
        given.push(file);
        if (fails) throw new Error("bad data");
        return { ...SIZE, data };
      }),
      FILE.length,
    );
    return { decoder: pushed(decoder, FILE.length), data, given };
  }

  test("is given back at once when nothing more is wanted, and then nothing comes any more", async () => {
    const { decoder, data } = watched();
    await decoder.end();
    expect(decoder.pull()).toBeDefined();
    decoder.release?.();
    expect(data.length).toBe(0);
    expect(decoder.pull()).toBeUndefined();
  });

  test("is the file where it was not decoded, or could not be", async () => {
    const { decoder, given } = watched(true);
    await expect(decoder.end()).rejects.toThrow();
    decoder.release?.();
    expect(given[0]?.length).toBe(0);
    // A codec that has given it back itself is no other case.
    decoder.release?.();
    expect(() => watched().decoder.release?.()).not.toThrow();
  });
});

test("the maker tells how long decoding blocks, and that it decodes at full size alone", () => {
  expect(maker.blockingMsPerMegapixel).toBe(10);
  expect(maker.shrinks).toEqual([1]);
});
