import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codecsOf } from "../../src/codec/codecs.ts";
import type { Encoders } from "../../src/codec/encoder.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { type Encoding, type Output, outputOf } from "../../src/plan/output.ts";
import { pixelCount } from "../../src/plan/size.ts";
import { readSettings } from "../../src/settings.ts";
import { decode } from "../support/decoding.ts";
import { noise } from "../support/pictures.ts";
import { readPlain } from "../support/reading.ts";
import { factsOf } from "../support/sniffing.ts";
import { MODULES } from "../support/wasm-modules.ts";

/** The memories of all instances that were made since it was emptied. */
const memories: WebAssembly.Memory[] = [];

const { Instance } = WebAssembly;

/** Notes the memory that it exports. */
class Watched extends Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    memories.push(...Object.values(this.exports).filter((each) => each instanceof WebAssembly.Memory));
  }
}

beforeAll(() => {
  WebAssembly.Instance = Watched;
});
afterAll(() => {
  WebAssembly.Instance = Instance;
});

const taken = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);

function asked<Kind extends Encoding>(encoders: Encoders, raster: Raster, output: Output<Kind>) {
  const encoder = encoders[output.encoder];
  return { told: encoder.memory(raster.size, output), file: encoder.encode(raster, output) };
}

/** Encodes with codecs of its own; bytes that were told, those that its instance took, and the file. */
async function encoded(raster: Raster, modifiers: string) {
  memories.length = 0;
  const { encoders } = codecsOf(MODULES);
  const output = outputOf(readPlain(modifiers).request, readSettings({}), {});
  const { told, file } = asked(encoders, raster, output);
  return { told, file: await file, taken: taken() };
}

/** Where memory, which grows by a fifth at a time, was seen to be largest for its pixels, on both sides of a megapixel. */
const SIZES = [
  { width: 300, height: 300 },
  { width: 1000, height: 399 },
  { width: 1000, height: 1010 },
];

describe("an encoder takes no more than it told, of noise at its best quality, its file included", () => {
  test.each([
    ["fmt=jpeg&qlt=100", true],
    ["fmt=jpeg&qlt=100,1", true],
    ["fmt=jpeg,gray&qlt=100", true],
    ["fmt=png", true],
    ["fmt=png-alpha", false],
    ["fmt=pjpeg&qlt=100", true],
    ["fmt=pjpeg&qlt=100,1", true],
    ["fmt=webp&qlt=100", true],
    ["fmt=webp-alpha&qlt=100", false],
    ["fmt=webp,,lossless", true],
    ["fmt=webp-alpha,,lossless", false],
  ])("%s", async (modifiers, opaque) => {
    for (const size of SIZES) {
      const { told, file, taken } = await encoded(noise(size, 3, opaque), modifiers);
      expect(taken + file.length, `${size.width} × ${size.height}`).toBeLessThanOrEqual(told);
    }
  });
});

describe("a decoder takes no more than it told beside the kernels, of noise, file and picture included", () => {
  test.each([
    ["fmt=webp&qlt=100", true],
    ["fmt=webp-alpha&qlt=100", false],
    ["fmt=webp-alpha,,lossless", false],
  ])("%s", async (modifiers, opaque) => {
    for (const size of SIZES) {
      const { file } = await encoded(noise(size, 3, opaque), modifiers);
      const facts = factsOf(file);
      const { webp } = codecsOf(MODULES).decoders;
      const told = webp.memory(facts, file.length, { shrink: 1, wanted: { x: 0, y: 0, ...size } });
      memories.length = 0;
      await decode(webp, facts, file);
      // Of the two memories one is that of the kernels.
      const codec = Math.max(...memories.map(({ buffer }) => buffer.byteLength));
      expect(codec + file.length + pixelCount(size) * 4).toBeLessThanOrEqual(told.beside);
    }
  });
});
