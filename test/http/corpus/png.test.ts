import { afterAll, beforeAll, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../../scripts/local/worker.ts";
import { type CorpusFile, corpusFile, describeCorpus, saveOf } from "../../support/corpus.ts";
import { expectAlike } from "../../support/likeness.ts";
import { startBundled } from "../../support/local.ts";
import { pngPixels } from "../../support/pixels.ts";
import { flawed, refusal, whole } from "../../support/save.ts";

let worker: LocalWorker;
beforeAll(async () => {
  worker = await startBundled({ vars: { ...LOCAL_VARS, CreateFolders: "1" } });
});
afterAll(() => worker?.stop());

/**
 * Saves a picture as it is, and compares its samples with those that pngjs finds in the source.
 *
 * Of 16 bits, 8 remain: v · 255 / 65535, rounded, which PNG (Third Edition), 13.12, calls the accurate way, here and in
 * pngjs. Neither looks at `gAMA`: an ancillary chunk (5.4) that speaks of how samples are shown, not of what they are.
 */
async function expectSamples(file: CorpusFile): Promise<void> {
  const saved = whole(await saveOf(worker, file, "fmt=png-alpha", "png"));
  expect(saved.answer.type).toBe("image/png");
  expectAlike(pngPixels(saved.file), pngPixels(file.read()), { max: 0, mean: 0 }, file.key);
}

async function expectRefused(file: CorpusFile): Promise<void> {
  const { error } = refusal(await saveOf(worker, file, "fmt=png-alpha", "png"));
  expect(["sourceBroken", "sourceFormat"]).toContain(error);
}

describeCorpus("png-suite", (files) => {
  const broken = files.filter(({ name }) => name.startsWith("x"));
  const valid = files.filter((file) => !broken.includes(file));

  test.each(valid)("$name is saved with the samples that it has.", expectSamples);

  test.each(broken)("$name is broken: it is refused, and nothing is saved.", expectRefused);
});

describeCorpus("misc", (files) => {
  const pngs = files.filter(({ name }) => name.endsWith(".png"));

  // p3.png has a colour profile: as with gAMA, its samples are what is compared.
  test.each(pngs.filter(({ name }) => name !== "truncated.png"))(
    "$name is saved with the samples that it has.",
    expectSamples,
  );

  test("truncated.png is saved with the rows that are there, and a warning that says how many.", async () => {
    const { warning } = flawed(await saveOf(worker, corpusFile("misc", "truncated.png"), "fmt=png-alpha", "png"));
    expect(warning).toBe("the PNG ends after 24 of 240 rows");
  });
});
