import { expect, test } from "vitest";
import type { Raster } from "../../../src/pixels/raster.ts";
import { type CorpusFile, describeCorpus } from "../../support/corpus.ts";
import { GuardedKernels } from "../../support/guarded-kernels.ts";
import { expectNearPicture } from "../../support/near.ts";
import { libpngPicture, pngjsPicture, withoutHidden } from "../../support/png-oracles.ts";
import { type PngPicture, tryPng } from "../../support/png-trial.ts";
import { randomNumbers } from "../../support/random.ts";

/** The picture, which must be one with which nothing is wrong. */
async function sound(file: Uint8Array, most: number): Promise<Raster> {
  const kernels = new GuardedKernels();
  const next = randomNumbers(most + file.length);
  const got = await tryPng(kernels, file, { pushBytes: () => 1 + Math.floor(next() * most) });
  expect(got).toMatchObject({ outcome: "picture", warnings: [] });
  expect(kernels.trespasses(), "canaries").toBe(0);
  return (got as PngPicture).raster;
}

/** To the bit, what cannot be seen too. What is fully transparent pngjs may leave out. */
async function expectAsOthers(file: Uint8Array, most: number): Promise<void> {
  const got = await sound(file, most);
  expectNearPicture(got, await libpngPicture(file), 0);
  expectNearPicture(withoutHidden(got), withoutHidden(pngjsPicture(file)), 0);
}

/** What is wrong with each broken file, after its author's page, and what is said about it. */
const BROKEN: ReadonlyMap<string, readonly [wrong: string, code: string, says: RegExp]> = new Map([
  ["xs1n0g01.png", ["signature byte 1 lacks its high bit", "sourceFormat", /^it begins with 09 50 4e 47/]],
  ["xs2n0g01.png", ["signature byte 2 is a Q", "sourceFormat", /^it begins with 89 51 4e 47/]],
  ["xs4n0g01.png", ["signature byte 4 is lower case", "sourceFormat", /^it begins with 89 50 4e 67/]],
  ["xs7n0g01.png", ["signature byte 7 is a space", "sourceFormat", /^it begins with 89 50 4e 47 0d 0a 20/]],
  ["xcrn0g04.png", ["carriage returns were added", "sourceFormat", /^it begins with 89 50 4e 47 0d 0d 1a/]],
  ["xlfn0g04.png", ["line feeds were converted", "sourceFormat", /^it begins with 89 50 4e 47 0a 0a 1a/]],
  ["xhdn0g08.png", ["the checksum of IHDR", "sourceBroken", /checksum.*IHDR at byte 8$/]],
  ["xc1n0g08.png", ["colour type 1", "sourceBroken", /colour type 1 with 8 bits/]],
  ["xc9n2c08.png", ["colour type 9", "sourceBroken", /colour type 9 with 8 bits/]],
  ["xd0n2c08.png", ["depth 0", "sourceBroken", /colour type 2 with 0 bits/]],
  ["xd3n2c08.png", ["depth 3", "sourceBroken", /colour type 2 with 3 bits/]],
  ["xd9n2c08.png", ["depth 99", "sourceBroken", /colour type 2 with 99 bits/]],
  ["xdtn0g01.png", ["no IDAT", "sourceBroken", /no image data/]],
  ["xcsn0g01.png", ["the checksum of IDAT", "sourceBroken", /checksum.*IDAT at byte \d+$/]],
]);

describeCorpus("png-suite", (files) => {
  const broken = files.filter(({ name }) => name.startsWith("x"));
  const valid = files.filter((file) => !broken.includes(file));

  test.each(valid)("$name is, to the bit, what pngjs and libpng see.", ({ read }) => expectAsOthers(read(), 200));

  test("Of each broken file it is known what is wrong with it.", () => {
    expect(broken.map(({ name }) => name)).toEqual([...BROKEN.keys()].sort());
  });

  test.each(broken)("$name is refused, saying what is wrong with it.", async ({ name, read }: CorpusFile) => {
    const [, code, says] = BROKEN.get(name) ?? ["", "", /^$/];
    const got = await tryPng(new GuardedKernels(), read(), { pushBytes: () => 10 });
    expect(got).toMatchObject({ outcome: "fault", code, detail: expect.stringMatching(says) });
  });
});
