import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codecsOf } from "../../src/codec/codecs.ts";
import type { Encoders } from "../../src/codec/encoder.ts";
import { Shelf } from "../../src/codec/foreign/reusable.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import type { CodecName, CodecUse } from "../../src/plan/craft.ts";
import { type Effort, type Encoding, type Output, outputOf } from "../../src/plan/output.ts";
import { pixelCount, type Size } from "../../src/plan/size.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { decode } from "../support/decoding.ts";
import { encode } from "../support/encoding.ts";
import { mozjpegFor, squooshPngFor } from "../support/outputs.ts";
import { noise } from "../support/pictures.ts";
import { randomNumbers } from "../support/random.ts";
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
  const { beside, uses } = encoder.memory(raster.size, output);
  return { told: beside, use: uses, file: encode(encoders, raster, output) };
}

/** What is asked for, by a third-party encoder, with the effort that a reply has, or one that a save may have. */
function outputWith(modifiers: string, effort: Effort = "fast", oxipngLevel = 0): Output {
  const output = outputOf(readPlain(modifiers).request, readSettings({}), {});
  if (output.encoder === "png") return squooshPngFor(modifiers, oxipngLevel);
  if (output.encoder === "jpeg") return mozjpegFor(modifiers);
  return output.encoder === "webp" ? { ...output, effort } : output;
}

/** Encodes with codecs of its own; bytes that were told, those that its instance took, and the file. */
async function encoded(raster: Raster, output: Output) {
  memories.length = 0;
  const { encoders } = codecsOf(MODULES);
  const { told, use, file } = asked(encoders, raster, output);
  return { told, uses: use?.bytes ?? 0, file: await file, taken: taken() };
}

async function expectWithin(size: Size, opaque: boolean, output: Output): Promise<void> {
  const { told, uses, file, taken } = await encoded(noise(size, 3, opaque), output);
  expect(taken + file.length, `${size.width} × ${size.height}`).toBeLessThanOrEqual(told);
  expect(taken, "all of it stays with the codec").toBeLessThanOrEqual(uses);
}

/** Where memory, which grows by a fifth at a time, was seen to be largest for its pixels, on both sides of a megapixel. */
const SIZES = [
  { width: 300, height: 300 },
  { width: 1000, height: 150 },
  { width: 1000, height: 399 },
  { width: 1000, height: 1010 },
] as const;

describe("an encoder takes no more than it told, of noise at its best quality, its file included", () => {
  test.each([
    ["fmt=jpeg&qlt=100", true, "fast"],
    ["fmt=jpeg&qlt=100,1", true, "fast"],
    ["fmt=jpeg,gray&qlt=100", true, "fast"],
    ["fmt=pjpeg&qlt=100", true, "fast"],
    ["fmt=pjpeg&qlt=100,1", true, "fast"],
    ["fmt=webp&qlt=100", true, "fast"],
    ["fmt=webp&qlt=100", true, "small"],
    ["fmt=webp-alpha&qlt=100", false, "fast"],
    ["fmt=webp-alpha&qlt=100", false, "small"],
    ["fmt=webp,,lossless", true, "fast"],
    ["fmt=webp-alpha,,lossless", false, "fast"],
    ["fmt=webp-alpha,,lossless", false, "small"],
  ] as const)("%s (opaque: %s), %s", async (modifiers, opaque, effort) => {
    for (const size of SIZES) await expectWithin(size, opaque, outputWith(modifiers, effort));
  });

  test.each([
    ["fmt=png", true, 0],
    ["fmt=png-alpha", false, 0],
    ["fmt=png-alpha", false, 1],
    ["fmt=png-alpha", false, 2],
    ["fmt=png-alpha", false, 3],
    ["fmt=png-alpha,gray", false, 2],
  ])("%s (opaque: %s) by oxipng's level %i", async (modifiers, opaque, level) => {
    for (const size of SIZES) await expectWithin(size, opaque, outputWith(modifiers, "fast", level));
  });

  test.each([
    ["fmt=jpeg&qlt=100", { width: 2000, height: 2000 }],
    ["fmt=webp&qlt=100", { width: 2000, height: 2000 }],
    ["fmt=png", { width: 1000, height: 2200 }],
  ])("%s of the largest pictures for which the budget suffices", async (modifiers, size) => {
    await expectWithin(size, true, outputWith(modifiers));
  });
});

/** Decodes with codecs of its own; bytes that were told, and those that its instance took. */
async function decoded(file: Uint8Array<ArrayBuffer>) {
  const facts = factsOf(file);
  const maker = codecsOf(MODULES).decoders[facts.format];
  const told = maker.memory(facts, file.length, { shrink: 1, wanted: { x: 0, y: 0, ...facts.size } });
  memories.length = 0;
  await decode(maker, facts, file);
  // Of the two memories one is that of the kernels.
  return { told, codec: Math.max(...memories.map(({ buffer }) => buffer.byteLength)) };
}

describe("a decoder takes no more than it told beside the kernels, of noise, file and picture included", () => {
  test.each([
    ["fmt=webp&qlt=100", true],
    ["fmt=webp-alpha&qlt=100", false],
    ["fmt=webp-alpha,,lossless", false],
  ])("%s", async (modifiers, opaque) => {
    for (const size of SIZES) {
      const { file } = await encoded(noise(size, 3, opaque), outputWith(modifiers));
      const { told, codec } = await decoded(file);
      expect(codec + file.length + pixelCount(size) * 4).toBeLessThanOrEqual(told.beside);
      expect(codec).toBeLessThanOrEqual(told.uses?.bytes ?? 0);
    }
  });
});

describe("an instance that is used again and again takes no more than was told of the largest picture", () => {
  test.each(["fmt=png", "fmt=webp&qlt=100", "fmt=webp,,lossless"])("%s, from and to it", async (modifiers) => {
    const shelf = new Shelf();
    const codecs = codecsOf(MODULES, shelf);
    const output = outputWith(modifiers);
    const next = randomNumbers(4);
    const told = new Map<CodecName, number>();
    const note = (use: CodecUse | undefined) => {
      if (use !== undefined) told.set(use.codec, Math.max(told.get(use.codec) ?? 0, use.reused ?? use.bytes));
    };
    for (let times = 0; times < 20; times++) {
      const size = { width: 50 + Math.floor(next() * 900), height: 50 + Math.floor(next() * 700) };
      const { file, use } = asked(codecs.encoders, noise(size, times, true), output);
      note(use);
      const facts = factsOf(await file);
      const { length } = await file;
      const maker = codecs.decoders[facts.format];
      note(maker.memory(facts, length, { shrink: 1, wanted: { x: 0, y: 0, ...size } }).uses);
      await decode(maker, facts, await file);
      for (const [codec, bytes] of shelf.idle) expect(bytes, codec).toBeLessThanOrEqual(told.get(codec) ?? 0);
    }
    expect(told.size).toBe(modifiers === "fmt=png" ? 1 : 2);
  });
});
