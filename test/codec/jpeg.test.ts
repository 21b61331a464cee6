import { describe, expect, test } from "vitest";
import { mozjpegDecoding, mozjpegEncoding } from "../../src/codec/foreign/mozjpeg.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import type { Output } from "../../src/plan/output.ts";
import { decode } from "../support/decoding.ts";
import { blocksJpeg } from "../support/jpeg-bytes.ts";
import { expectNearPicture } from "../support/near.ts";
import { noise, picture, ramps } from "../support/pictures.ts";
import { sniff } from "../support/sniffing.ts";
import { MODULES } from "../support/wasm-modules.ts";

const maker = mozjpegDecoding(MODULES.mozjpegDecoder);
const encoder = mozjpegEncoding(MODULES.mozjpegEncoder);

function encode(raster: Raster, quality = 95, fullChroma = true): Promise<Uint8Array<ArrayBuffer>> {
  const output: Extract<Output, { encoder: "jpeg" }> = { encoder: "jpeg", mime: "image/jpeg", quality, fullChroma };
  return encoder.encode(raster, output);
}

async function decoded(file: Uint8Array, chunkBytes?: number): Promise<Raster> {
  const facts = sniff(file);
  if (facts === "wants more") throw new Error("the file is complete");
  return (await decode(maker, facts, file, chunkBytes)).raster;
}

describe("a picture that was encoded and decoded", () => {
  // Ramps have next to nothing but DC and the lowest frequencies, which quality 95 quantises in steps of 2 to 4: half
  // a step each, and a level for the conversion to YCbCr and back.
  test("is about the same: ramps at quality 95 to 4 levels", async () => {
    for (const size of [
      { width: 64, height: 48 },
      { width: 61, height: 53 },
    ]) {
      expectNearPicture(await decoded(await encode(ramps(size))), ramps(size), 4);
    }
  });

  test.each([
    [1, 1],
    [1, 50],
    [50, 1],
    [8, 8],
    [9, 17],
    [700, 500],
  ])("has its size: %i × %i", async (width, height) => {
    const raster = picture({ width, height }, () => [200, 100, 50, 255]);
    expectNearPicture(await decoded(await encode(raster)), raster, 2);
  });

  test("is opaque, whatever alpha it had", async () => {
    const { data } = await decoded(await encode(noise({ width: 20, height: 20 }, 3, false)));
    expect(data.every((byte, at) => at % 4 !== 3 || byte === 255)).toBe(true);
  });

  test("keeps fine colour with full chroma, and less of it without", async () => {
    const stripes = picture({ width: 32, height: 32 }, (x) => (x % 2 === 0 ? [255, 0, 0, 255] : [0, 0, 255, 255]));
    const redOfFirst = async (fullChroma: boolean) =>
      (await decoded(await encode(stripes, 95, fullChroma))).data[0] ?? 0;
    expect(await redOfFirst(true)).toBeGreaterThan(230);
    expect(await redOfFirst(false)).toBeLessThan(200);
  });

  test("is larger the better its quality is, at both ends of the scale and between", async () => {
    const raster = noise({ width: 40, height: 40 }, 5, true);
    const lengths: number[] = [];
    for (const quality of [1, 30, 60, 85, 100]) lengths.push((await encode(raster, quality)).length);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(new Set(lengths).size).toBe(lengths.length);
  });

  test("keeps its bytes while others are encoded", async () => {
    const first = await encode(ramps({ width: 30, height: 30 }));
    const copy = first.slice();
    await encode(noise({ width: 300, height: 300 }, 1, true));
    expect(first).toEqual(copy);
  });
});

describe("decoding", () => {
  test("gives a grey file of flat blocks exactly", async () => {
    const levels = [
      [0, 255, 3],
      [128, 77, 254],
    ];
    const wanted = picture({ width: 24, height: 16 }, (x, y) => {
      const level = levels[Math.floor(y / 8)]?.[Math.floor(x / 8)] ?? -1;
      return [level, level, level, 255];
    });
    expectNearPicture(await decoded(blocksJpeg(levels)), wanted, 0);
  });

  test.each([1, 7, 65_536])("gives the same rows from chunks of %i bytes", async (chunkBytes) => {
    const file = await encode(noise({ width: 70, height: 50 }, 8, true));
    expectNearPicture(await decoded(file, chunkBytes), await decoded(file), 0);
  });

  test("gives strips that cover a large picture exactly once, in order", async () => {
    const size = { width: 900, height: 700 };
    const file = await encode(ramps(size));
    const { strips, raster } = await decode(maker, { format: "jpeg", orientation: 1, size, alpha: false }, file);
    let next = 0;
    for (const { y, rows } of strips) {
      expect(y).toBe(next);
      next += rows;
    }
    expect(next).toBe(700);
    expect(strips.length).toBeGreaterThan(1);
    expectNearPicture(raster, ramps(size), 4);
  });

  test("leaves a decoded picture alone while others are decoded", async () => {
    const [one, other] = [blocksJpeg([[10, 20]]), blocksJpeg([[200, 210]])];
    const facts = { format: "jpeg", orientation: 1, size: { width: 16, height: 8 }, alpha: false } as const;
    const decoder = maker.make(facts, one.length);
    decoder.push(one);
    await decoder.end();
    await decoded(other);
    expect(decoder.pull()?.data[0]).toBe(10);
  });

  const WHOLE = blocksJpeg([[10, 20, 30]]);
  const facts = { format: "jpeg", orientation: 1, size: { width: 24, height: 8 }, alpha: false } as const;
  const spoilt = (at: number, ...bytes: readonly number[]) => {
    const file = WHOLE.slice();
    file.set(bytes, at);
    return file;
  };

  test.each([
    ["is cut off before its frame", WHOLE.slice(0, 60)],
    ["is cut off before its scan", WHOLE.slice(0, WHOLE.length - 30)],
    ["is all zeros", new Uint8Array(100)],
    ["is empty", new Uint8Array(0)],
    ["does not begin as one", spoilt(0, 0, 0)],
    ["has a table longer than its segment", spoilt(4, 0, 20)],
    ["has a frame that names no components", spoilt(80, 0)],
  ])("says that a file is damaged that %s, and decodes the next one", async (_, file) => {
    await expect(decode(maker, facts, file)).rejects.toMatchObject({ name: "Fault", code: "sourceBroken" });
    expect((await decoded(WHOLE)).data[0]).toBe(10);
  });

  test("refuses a file of more scans than any picture has: each costs a pass over all of it", async () => {
    const scans = Array.from({ length: 101 }, () => [0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0]).flat();
    const bomb = Uint8Array.from([...WHOLE.slice(0, -2), ...scans, 0xff, 0xd9]);
    await expect(decode(maker, facts, bomb)).rejects.toMatchObject({
      code: "sourceUnsupported",
      detail: "a JPEG of 102 scans",
    });
  });

  test("refuses a file that is far too long for its picture, before any of it is held", () => {
    expect(() => maker.make(facts, 9 * 1024 * 1024)).toThrow("a file of 9437184 bytes");
  });

  test("says that a file is damaged whose header the facts do not agree with", async () => {
    const wrong = { ...facts, size: { width: 8, height: 24 } };
    await expect(decode(maker, wrong, WHOLE)).rejects.toMatchObject({
      code: "sourceBroken",
      detail: "header says 8 × 24, picture is 24 × 8",
    });
  });
});
