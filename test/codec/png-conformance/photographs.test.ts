import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import { describeCorpus } from "../../support/corpus.ts";
import { GuardedKernels } from "../../support/guarded-kernels.ts";
import { expectNearPicture } from "../../support/near.ts";
import { libpngPicture } from "../../support/png-oracles.ts";
import { tryPng } from "../../support/png-trial.ts";
import { randomNumbers } from "../../support/random.ts";

/** What libpng makes of a photograph: its filters and its compression, and kinds of pictures. */
const WAYS: readonly (readonly [what: string, write: (photograph: Sharp) => Sharp])[] = [
  ["no filters, hardly compressed", (from) => from.png({ adaptiveFiltering: false, compressionLevel: 1 })],
  ["not compressed at all", (from) => from.png({ compressionLevel: 0 })],
  ["filters as they fit, compressed well", (from) => from.png({ adaptiveFiltering: true, compressionLevel: 9 })],
  ["interlaced", (from) => from.png({ adaptiveFiltering: true, progressive: true })],
  ["with a palette", (from) => from.png({ palette: true, colours: 200 })],
  ["with a palette of 4 bits", (from) => from.png({ palette: true, colours: 16 })],
  ["gray", (from) => from.grayscale().png({ adaptiveFiltering: true })],
  ["16 bits", (from) => from.toColourspace("rgb16").linear(0.97, 3).png({ adaptiveFiltering: true })],
  [
    "with an alpha that changes",
    (from) => from.joinChannel(Buffer.from(alphaOf(SIZE)), { raw: { ...SIZE, channels: 1 } }).png(),
  ],
];

const SIZE = { width: 768, height: 512 };

function alphaOf({ width, height }: typeof SIZE): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, at) => ((at % width) + Math.floor(at / width)) / 5);
}

describeCorpus("kodak", (files) => {
  const lying = files.filter(({ name }) => name === "13.png" || name === "23.png");

  test.each(files)("$name is, to the bit, what libpng sees.", async ({ read }) => expectExact(read()));

  test.each(lying.flatMap((file) => WAYS.map(([what, write]) => ({ name: file.name, file, what, write }))))(
    "$name, $what, is, to the bit, what libpng sees.",
    async ({ file, write }) => expectExact(await write(sharp(file.read())).toBuffer()),
  );
});

async function expectExact(file: Uint8Array): Promise<void> {
  const next = randomNumbers(file.length);
  const kernels = new GuardedKernels();
  const got = await tryPng(kernels, file, { pushBytes: () => 1 + Math.floor(next() * 100_000) });
  if (got.outcome === "fault") throw new Error(`${got.code}: ${got.detail}`);
  expect(got.warnings).toEqual([]);
  expectNearPicture(got.raster, await libpngPicture(file), 0);
  expect(kernels.trespasses(), "canaries").toBe(0);
}
