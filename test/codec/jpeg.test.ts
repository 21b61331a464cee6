import { describe, expect, test } from "vitest";
import { mozjpegEncoding } from "../../src/codec/foreign/mozjpeg.ts";
import { Shelf } from "../../src/codec/foreign/reusable.ts";
import { jpegDecoding } from "../../src/codec/jpeg/decoder.ts";
import { Kernels } from "../../src/pixels/kernels.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { decode } from "../support/decoding.ts";
import { blocksJpeg } from "../support/jpeg-bytes.ts";
import { pictureSpec } from "../support/jpeg-pictures.ts";
import { writeJpeg } from "../support/jpeg-writer.ts";
import { expectNearPicture } from "../support/near.ts";
import { mozjpegFor } from "../support/outputs.ts";
import { noise, picture, ramps } from "../support/pictures.ts";
import { factsOf } from "../support/sniffing.ts";
import { MODULES } from "../support/wasm-modules.ts";

/** It does not touch them. */
const KERNELS = new Kernels(MODULES.kernels);
const encoder = mozjpegEncoding(MODULES.mozjpegEncoder, new Shelf());

function encode(raster: Raster, quality = 95, fullChroma = true): Promise<Uint8Array<ArrayBuffer>> {
  return encoder.encode(raster, mozjpegFor(`qlt=${quality},${fullChroma ? 1 : 0}`), KERNELS);
}

async function decoded(file: Uint8Array): Promise<Raster> {
  return (await decode(jpegDecoding, factsOf(file), file)).raster;
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

  const WHOLE = blocksJpeg([[10, 20, 30]]);
  const facts = factsOf(WHOLE);
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
    ["has a table longer than its segment", spoilt(4, 0, 20)],
    ["has a frame of a width of 0", spoilt(78, 0, 0)],
  ])("says that a file is damaged that %s, and decodes the next one", async (_, file) => {
    const kernels = new Kernels(MODULES.kernels);
    for (const wholeFile of [false, true]) {
      const said = { ...facts, jpeg: { sampling: [{ across: 1, down: 1 }], wholeFile } };
      const decoding = decode(jpegDecoding, said, file, undefined, kernels);
      await expect(decoding).rejects.toMatchObject({ name: "Fault", code: "sourceBroken" });
      kernels.clear();
      expect((await decode(jpegDecoding, said, WHOLE, undefined, kernels)).raster.data[0]).toBe(10);
      kernels.clear();
    }
  });

  // DC in one scan, each band of AC in another: one block, so that there is next to nothing in any of them.
  const progressive = (scans: number) => {
    const size = { width: 8, height: 8 };
    const bands = Array.from({ length: scans - 1 }, () => ({ of: [0], from: 1, to: 63 }));
    return writeJpeg(pictureSpec({ size, sampling: "1x1", marker: 0xc2, scans: [{ of: [0] }, ...bands] }));
  };

  test("refuses a file of more scans than any picture has: each costs a pass over all of it", async () => {
    const most = progressive(200);
    expect((await decode(jpegDecoding, factsOf(most), most)).raster.size).toEqual({ width: 8, height: 8 });
    const bomb = progressive(201);
    await expect(decode(jpegDecoding, factsOf(bomb), bomb)).rejects.toMatchObject({
      code: "sourceUnsupported",
      detail: "a JPEG of more than 200 scans",
    });
  });

  test("says that a file was changed whose header the facts do not agree with", async () => {
    for (const size of [
      { width: 8, height: 24 },
      { width: 24, height: 9 },
      { width: 23, height: 8 },
    ]) {
      await expect(decode(jpegDecoding, { ...facts, size }, WHOLE)).rejects.toMatchObject({ code: "sourceChanged" });
    }
  });

  test.each([false, true])(
    "tells files that are too long or too short for what was said (whole: %s)",
    async (wholeFile) => {
      const said = { ...facts, jpeg: { sampling: [{ across: 1, down: 1 }], wholeFile } };
      const made = (bytes: number) =>
        jpegDecoding.make(new Kernels(MODULES.kernels), said, bytes, {
          shrink: 1,
          wanted: { x: 0, y: 0, ...said.size },
        });
      const long = made(WHOLE.length - 1);
      expect(() => long.push(WHOLE)).toThrow(expect.objectContaining({ code: "sourceChanged" }));
      const short = made(WHOLE.length);
      short.push(WHOLE.subarray(0, -1));
      expect(() => short.end()).toThrow(expect.objectContaining({ code: "storage" }));
    },
  );

  test("blocks nobody: each call is short, and it decodes at an eighth, too", () => {
    expect(jpegDecoding.blockingMsPerMegapixel).toBe(0);
    expect(jpegDecoding.shrinks).toEqual([1, 2, 4, 8]);
  });
});
