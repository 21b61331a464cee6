import { afterAll, beforeAll, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../../scripts/local/worker.ts";
import { type CorpusFile, corpusFile, describeCorpus, saveOf } from "../../support/corpus.ts";
import { difference, expectAlike, type Tolerance } from "../../support/likeness.ts";
import { startBundled } from "../../support/local.ts";
import { jpegPixels, mirrored, type Pixels, pngPixels, scaled } from "../../support/pixels.ts";
import { refusal, whole } from "../../support/save.ts";

let worker: LocalWorker;
beforeAll(async () => {
  worker = await startBundled({ vars: { ...LOCAL_VARS, CreateFolders: "1" } });
});
afterAll(() => worker?.stop());

describeCorpus("exif-orientation", (files) => {
  const upright = new Map<string, Pixels>();
  /** The files differ by a generation of JPEG; a wrong turn shows by far more. */
  const GENERATION = 2;

  async function seen(file: CorpusFile): Promise<Pixels> {
    return pngPixels(whole(await saveOf(worker, file, "wid=100&fmt=png", "png")).file);
  }
  const kindOf = (name: string) => name.replace(/_.*/, "");

  beforeAll(async () => {
    for (const kind of new Set(files.map(({ name }) => kindOf(name)))) {
      const first = corpusFile("exif-orientation", `${kind}_1.jpg`);
      // Under a key of its own, so that the test of this file saves it under a free name.
      upright.set(kind, await seen({ ...first, key: `upright/${first.name}` }));
    }
  });

  test.each(files)("$name looks like number 1 of its kind.", async (file) => {
    const want = upright.get(kindOf(file.name));
    if (want === undefined) throw new Error("there is no number 1");
    expect(difference(mirrored(want), want).mean, "a mirrored picture would be noticed").toBeGreaterThan(
      5 * GENERATION,
    );
    expectAlike(await seen(file), want, { max: 255, mean: GENERATION }, file.key);
  });
});

/**
 * Saves a photograph with a width of 200 pixels, as PNG and as JPEG, and compares it with one that was decoded by
 * another decoder and scaled by the definition of the filter.
 *
 * @param decoders how far the two decoders may lie apart, after scaling
 */
async function expectScaled(file: CorpusFile, source: Pixels, decoders: Tolerance): Promise<void> {
  const size = { width: 200, height: Math.round((source.height * 200) / source.width) };
  const want = scaled(source, size.width, size.height);
  const png = whole(await saveOf(worker, file, "wid=200&fit=constrain&fmt=png", "png"));
  expect(png.answer).toMatchObject({ ...size, type: "image/png" });
  expectAlike(pngPixels(png.file), want, decoders, `${file.key}.png`);

  const jpeg = whole(await saveOf(worker, file, "wid=200&fit=constrain&qlt=95,1", "jpg"));
  expect(jpeg.answer).toMatchObject({ ...size, type: "image/jpeg" });
  // What quality 95 with all its chroma costs, in pictures as full of detail as these.
  expectAlike(jpegPixels(jpeg.file), want, { max: 40, mean: 3 }, `${file.key}.jpg`);
}

describeCorpus("kodak", (files) => {
  // Both decoders are exact: what remains is the Worker's arithmetic in float32.
  test.each(files)("$name is saved with 200 pixels' width as the filter defines it.", (file) =>
    expectScaled(file, pngPixels(file.read()), { max: 1, mean: 0.01 }),
  );
});

/** Beyond the default of MaxSourcePixels. */
const TOO_LARGE = "gray-280mp-20000x14000.jpg";

describeCorpus("photos", (files) => {
  // jpeg-js repeats chroma samples where libjpeg interpolates: scaled to a tenth, little of that is left.
  test.each(files.filter(({ name }) => name !== TOO_LARGE))(
    "$name is saved with 200 pixels' width as the filter defines it.",
    (file) => expectScaled(file, jpegPixels(file.read()), { max: 4, mean: 0.5 }),
  );

  test(`${TOO_LARGE} is refused by its size, and nothing is saved.`, async () => {
    const { error, message } = refusal(await saveOf(worker, corpusFile("photos", TOO_LARGE), "wid=200", "jpg"));
    expect(error).toBe("sourceTooLarge");
    expect(message).toContain("20000 × 14000");
  });

  test(`${TOO_LARGE} is refused from its header: the first 4 KB alone are refused for the same.`, async () => {
    const file = corpusFile("photos", TOO_LARGE);
    const header = { ...file, key: "photos/header.jpg", read: () => file.read().subarray(0, 4096) };
    expect(refusal(await saveOf(worker, header, "wid=200", "jpg")).error).toBe("sourceTooLarge");
  });
});
