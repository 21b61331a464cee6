import { describe, expect, test } from "vitest";
import { pngDecoding } from "../../../src/codec/png/decoder.ts";
import { blockBytes, Kernels } from "../../../src/pixels/kernels.ts";
import { type Chunk, pngFile } from "../../support/png-bytes.ts";
import { decodePng } from "../../support/png-decoding.ts";
import { factsOf } from "../../support/sniffing.ts";
import { MODULES } from "../../support/wasm-modules.ts";

const PALETTE: Chunk = ["PLTE", new Uint8Array(768)];
const KINDS = [
  ["gray", { colourType: 0, depth: 8 }, 1],
  ["gray of 1 bit", { colourType: 0, depth: 1 }, 1],
  ["gray of 16 bits, with a transparent one", { colourType: 0, depth: 16, before: [["tRNS", new Uint8Array(2)]] }, 1],
  ["RGB", { colourType: 2, depth: 8 }, 3],
  ["RGB of 16 bits", { colourType: 2, depth: 16 }, 3],
  ["RGB with a transparent one", { colourType: 2, depth: 8, before: [["tRNS", new Uint8Array(6)]] }, 3],
  ["a palette", { colourType: 3, depth: 8, before: [PALETTE] }, 1],
  ["a palette with alpha", { colourType: 3, depth: 8, before: [PALETTE, ["tRNS", new Uint8Array(256)]] }, 1],
  ["a palette of 2 bits", { colourType: 3, depth: 2, before: [PALETTE] }, 1],
  ["gray with alpha", { colourType: 4, depth: 8 }, 2],
  ["gray with alpha of 16 bits", { colourType: 4, depth: 16 }, 2],
  ["RGB with alpha", { colourType: 6, depth: 8 }, 4],
  ["RGB with alpha of 16 bits", { colourType: 6, depth: 16 }, 4],
] as const;

describe("a picture takes just what was told of it, and nothing beside the kernels", () => {
  test.each(KINDS)("%s", (_, kind, channels) => {
    const samples = () => new Array<number>(channels).fill(1);
    for (const size of [
      { width: 1, height: 1 },
      { width: 333, height: 5 },
      { width: 5000, height: 2 },
    ]) {
      const file = pngFile({ ...size, ...kind, samples });
      for (const wanted of [
        { x: 0, y: 0, ...size },
        { x: size.width >> 1, y: 0, width: 1, height: 1 },
      ]) {
        const kernels = new Kernels(MODULES.kernels);
        const start = kernels.reserve(0);
        decodePng(file, { wanted, kernels });
        const told = pngDecoding.memory(factsOf(file), file.length, { shrink: 1, wanted });
        expect(told).toEqual({ kernels: blockBytes(kernels.reserve(0) - start), beside: 0 });
      }
    }
  });

  test("however high it is, and however long its file", () => {
    const told = [10, 10_000_000].map((height) => {
      const png = { colourType: 2, depth: 8, interlaced: false } as const;
      const facts = { format: "png", orientation: 1, alpha: false, size: { width: 4032, height }, png } as const;
      const wanted = { x: 0, y: 0, ...facts.size };
      return pngDecoding.memory(facts, height * 1000, { shrink: 1, wanted });
    });
    expect(told[1]).toEqual(told[0]);
  });
});
