import { describe, expect, test } from "vitest";
import { pngDecoding } from "../../../src/codec/png/decoder.ts";
import { FILTERS } from "../../../src/pixels/filters.ts";
import { blockBytes, Kernels } from "../../../src/pixels/kernels.ts";
import { needsOf } from "../../../src/pixels/needs.ts";
import type { Decoding } from "../../../src/plan/craft.ts";
import { bothWays } from "../../support/interlaced-files.ts";
import { expectNearPicture } from "../../support/near.ts";
import { noise, ramps } from "../../support/pictures.ts";
import { type Chunk, chunksIn, pngFile, pngOf } from "../../support/png-bytes.ts";
import { decodePng } from "../../support/png-decoding.ts";
import { randomBytes, randomNumbers } from "../../support/random.ts";
import { factsOf, faultOf } from "../../support/sniffing.ts";
import { MODULES } from "../../support/wasm-modules.ts";

const PALETTE: Chunk = ["PLTE", randomBytes(768, 1)];
const KINDS = [
  ...[1, 2, 4, 8, 16].map((depth) => ({ colourType: 0, depth, channels: 1 })),
  ...[8, 16].map((depth) => ({ colourType: 2, depth, channels: 3 })),
  ...[1, 2, 4, 8].map((depth) => ({ colourType: 3, depth, channels: 1, before: [PALETTE] })),
  { colourType: 3, depth: 8, channels: 1, before: [PALETTE, ["tRNS", randomBytes(256, 2)] as const] },
  ...[8, 16].map((depth) => ({ colourType: 4, depth, channels: 2 })),
  ...[8, 16].map((depth) => ({ colourType: 6, depth, channels: 4 })),
];

describe("an interlaced file is decoded as the same one that is not interlaced", () => {
  test.each(KINDS)("colour type $colourType, $depth bits", (kind) => {
    for (const size of [
      { width: 1, height: 1 },
      { width: 3, height: 6 },
      { width: 5, height: 2 },
      { width: 33, height: 27 },
    ]) {
      const values = randomNumbers(size.width);
      const all = Array.from({ length: size.width * size.height * kind.channels }, () =>
        Math.floor(values() * 2 ** kind.depth),
      );
      const samples = (x: number, y: number) => {
        const at = (y * size.width + x) * kind.channels;
        return all.slice(at, at + kind.channels);
      };
      const plain = decodePng(pngFile({ ...size, ...kind, samples }));
      for (const chunkBytes of [1, 7, 100_000]) {
        const got = decodePng(pngFile({ ...size, ...kind, samples, interlace: 1 }), { chunkBytes });
        expectNearPicture(got.raster, plain.raster, 0);
        expect(got.warnings).toEqual([]);
      }
    }
  });

  test("libpng's filters and all", async () => {
    for (const picture of [noise({ width: 201, height: 90 }, 1, false), ramps({ width: 700, height: 500 })]) {
      const [plain, interlaced] = await bothWays(picture);
      expectNearPicture(decodePng(plain).raster, picture, 0);
      expectNearPicture(decodePng(interlaced).raster, picture, 0);
    }
  });
});

describe("an interlaced file", async () => {
  const picture = ramps({ width: 300, height: 200 });
  const [, file] = await bothWays(picture);

  test("takes of the kernels what was told, and beside them no less than half of what is wanted, or sums of it", () => {
    const facts = factsOf(file);
    for (const width of [300, 100, 20, 5]) {
      const size = { width, height: Math.ceil((width * 2) / 3) };
      const window = { x: 0, y: 0, ...picture.size };
      const mode = { filter: FILTERS.bilin, alpha: facts.alpha, exact: false, linear: false };
      const { wanted, boxes } = needsOf({ source: picture.size, window, size, ...mode });
      const decoding: Decoding = { shrink: 1, wanted, ...(boxes && { boxes }) };
      const told = pngDecoding.memory(facts, file.length, decoding);
      const kernels = new Kernels(MODULES.kernels);
      const start = kernels.reserve(0);
      const decoder = pngDecoding.make(kernels, facts, file.length, decoding);
      decoder.push(file);
      let rows = 0;
      for (let strip = decoder.pull(); strip !== undefined; strip = decoder.pull()) rows += strip.rows;
      decoder.release?.();
      expect(rows).toBe(pngDecoding.addsUp?.(facts, decoding) ? boxes?.down.cells : picture.size.height);
      expect(blockBytes(kernels.reserve(0) - start)).toBe(told.kernels);
      expect(told.beside).toBeGreaterThan(0);
      expect(told.beside).toBeLessThanOrEqual(300 * 200 * 2);
    }
  });

  test("that ends early is shown as far as it came, with a warning, and one that is damaged is refused", () => {
    const data = Buffer.concat(chunksIn(file).flatMap(([type, body]) => (type === "IDAT" ? [body] : [])));
    const withData = (bytes: Uint8Array) => {
      const [header = ["IHDR", new Uint8Array()] as const] = chunksIn(file);
      return pngOf([header, ["IDAT", bytes], ["IEND", new Uint8Array()]]);
    };
    expect(decodePng(withData(data)).raster).toEqual(picture);
    for (const share of [0.05, 0.3, 0.6, 0.9]) {
      const cut = decodePng(withData(data.subarray(0, share * data.length)));
      expect(cut.warnings).toEqual([expect.stringMatching(/^the PNG ends in pass [1-7] of 7$/)]);
      expect(cut.raster.size).toEqual(picture.size);
    }
    const wrong = data.subarray(0, -1);
    const damaged = withData(Uint8Array.of(...wrong, (data.at(-1) ?? 0) ^ 1));
    expect(faultOf(() => decodePng(damaged)).code).toBe("sourceBroken");
  });
});
