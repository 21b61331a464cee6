import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../../scripts/local/worker.ts";
import { ask } from "../../support/ask.ts";
import { type CorpusFile, corpusFile, describeCorpus, saveOf } from "../../support/corpus.ts";
import { difference, expectAlike, type Tolerance } from "../../support/likeness.ts";
import { startBundled } from "../../support/local.ts";
import { jpegPixels, mirrored, type Pixels, pngFile, pngPixels, scaled, testPattern } from "../../support/pixels.ts";
import { flawed, refusal, whole } from "../../support/save.ts";

let worker: LocalWorker;
beforeAll(async () => {
  worker = await startBundled({ vars: { ...LOCAL_VARS, CreateFolders: "1" } });
});
afterAll(() => worker?.stop());

/** Compressed without loss, which is known and not decoded. MR4 and XA1 are radiographs. */
const LOSSLESS = /lossless|^MR4|^XA1/;

/** Whose scans do not make a whole picture: what is said about them, and how near the reference they come. */
const FLAWED: ReadonlyMap<string, { readonly says: string; readonly most: Tolerance }> = new Map([
  // One block is all of this picture, and its data ends within: how it goes on is anybody's guess.
  ["partial_progressive.jpg", { says: "parts of it are missing", most: { max: 7, mean: 2 } }],
  ["progressive-missing-dc.jpg", { says: "a component of the JPEG is missing", most: { max: 2, mean: 0.2 } }],
]);

/** The references are by a decoder whose inverse transform and conversion of colours round otherwise. */
const ROUNDING: Tolerance = { max: 2, mean: 0.2 };
/** Where both add up, in few samples. djpeg, of libjpeg-turbo 2.1.5, makes of these two what the Worker does. */
const ROUNDING_TWICE: ReadonlyMap<string, Tolerance> = new Map([
  ["mjpeg.jpg", { max: 3, mean: 0.1 }],
  ["ycck.jpg", { max: 3, mean: 0.1 }],
]);

const referenceOf = ({ name }: CorpusFile) => pngPixels(corpusFile("jpeg-reftest", name.replace(/jpg$/, "png")).read());

describeCorpus("jpeg-reftest", (files) => {
  const jpegs = files.filter(({ name }) => name.endsWith(".jpg"));
  const [lossless, lossy] = [
    jpegs.filter(({ name }) => LOSSLESS.test(name)),
    jpegs.filter(({ name }) => !LOSSLESS.test(name)),
  ];

  // Saved as PNG and in full size: nothing but the decoder comes between the file and what is compared.
  test.each(lossy.filter(({ name }) => !FLAWED.has(name)))("$name is decoded as its reference says.", async (file) => {
    const { file: got } = whole(await saveOf(worker, file, "fmt=png", "png"));
    expectAlike(pngPixels(got), referenceOf(file), ROUNDING_TWICE.get(file.name) ?? ROUNDING, file.key);
  });

  test.each([...FLAWED])("%s is decoded as far as it goes, with a warning.", async (name, { says, most }) => {
    const file = corpusFile("jpeg-reftest", name);
    const { file: got, warning } = flawed(await saveOf(worker, file, "fmt=png", "png"));
    expect(warning).toContain(says);
    expectAlike(pngPixels(got), referenceOf(file), most, file.key);
  });

  test.each(lossless)("$name is refused as lossless, and nothing is saved.", async (file) => {
    const { error, message } = refusal(await saveOf(worker, file, "fmt=png", "png"));
    expect([error, message]).toEqual(["sourceUnsupported", expect.stringContaining("a lossless JPEG")]);
  });
});

describeCorpus("cmyk", (files) => {
  const size = { width: 400, height: 266 };
  const pictures = new Map<string, Pixels>();
  beforeAll(async () => {
    for (const file of files) {
      pictures.set(file.name, pngPixels(whole(await saveOf(worker, file, "wid=400&fmt=png", "png")).file));
    }
  });

  test.each(files)("$name is converted as jpeg-js converts it.", (file) => {
    const got = pictures.get(file.name);
    if (got === undefined) throw new Error("it was not saved");
    // jpeg-js repeats chroma samples and rounds its inks otherwise.
    expectAlike(got, scaled(jpegPixels(file.read()), size.width, size.height), { max: 4, mean: 0.5 }, file.key);
    expect(difference(mirrored(got), got).mean, "there is something to be seen").toBeGreaterThan(20);
  });

  test("With and without its profile, which is not looked at, it is the same picture.", () => {
    const [first, ...others] = [...pictures.values()];
    expect(others).toEqual([first]);
  });
});

describeCorpus("jpeg-crash", (files) => {
  const reasons = ["sourceBroken", "sourceFormat", "sourceUnsupported", "sourceTooLarge"];
  const asked = "wid=200&hei=200&fit=constrain&fmt=png";
  const good = ["/is/image/good?wid=40&fmt=png", "/is/image/good.jpg?fmt=png", "/is/image/progressive?fmt=png"];
  const bodies = () => Promise.all(good.map(async (path) => (await ask(worker.url, path)).body));
  let before: readonly Buffer[];
  beforeAll(async () => {
    await worker.sources.put("good.png", pngFile(testPattern(80, 60)));
    await worker.sources.put("good.jpg", corpusFile("jpeg-reftest", "rgb.jpg").read());
    await worker.sources.put("progressive.jpg", corpusFile("jpeg-reftest", "progressive3.jpg").read());
    before = await bodies();
  });

  test.each(files)("$name is saved as well as it can be, or refused for what is wrong with it.", async (file) => {
    const saved = await saveOf(worker, file, asked, "png");
    if ("file" in saved) {
      const { width, height } = pngPixels(saved.file);
      expect(saved.answer).toMatchObject({ width, height });
    } else {
      expect(reasons).toContain(saved.answer.error);
      expect(saved.answer.message.length).toBeGreaterThan(20);
    }
  });

  describe("after all of them", () => {
    test("Good pictures still come out as before, byte for byte.", async () => {
      const after = await bodies();
      expect(after.map((body, at) => body.equals(before[at] ?? Buffer.of()))).toEqual(good.map(() => true));
    });

    test("A good JPEG still comes out as its reference says.", async () => {
      const file = corpusFile("jpeg-reftest", "rgb.jpg");
      const { body } = await ask(worker.url, "/is/image/good.jpg?fmt=png");
      expectAlike(pngPixels(body), referenceOf(file), ROUNDING, "good");
    });
  });
});

describeCorpus("misc", () => {
  test("gamma_dalai_lama_gray.jpg is decoded like jpeg-js decodes it.", async () => {
    const file = corpusFile("misc", "gamma_dalai_lama_gray.jpg");
    const saved = whole(await saveOf(worker, file, "fmt=png", "png"));
    // Gray, so there is no chroma to interpolate: what remains is the rounding of two inverse transforms.
    expectAlike(pngPixels(saved.file), jpegPixels(file.read()), { max: 4, mean: 0.5 }, file.key);
  });

  test("corrupt-header.jpg is refused as damaged, and nothing is saved.", async () => {
    const { error } = refusal(await saveOf(worker, corpusFile("misc", "corrupt-header.jpg"), "fmt=png", "png"));
    expect(error).toBe("sourceBroken");
  });

  describe("truncated.jpg, the first 10,000 bytes of a photograph", () => {
    const file = corpusFile("misc", "truncated.jpg");
    /** A row of MCUs: there are several of them. */
    const ROWS = 16;

    test("A save of it is done with a warning; it is gray where nothing came.", async () => {
      const { file: got, warning } = flawed(await saveOf(worker, file, "wid=200&fmt=png", "png"));
      expect(warning).toBe("the JPEG is damaged, or parts of it are missing");
      const { width, height, data } = pngPixels(got);
      const lower = data.subarray((width * 4 * height) / 2);
      expect(new Set(lower)).toEqual(new Set([128, 255]));
    });

    test("A tile at its top is that of the photograph, and needs no warning.", async () => {
      const key = "misc/truncated-top.jpg";
      const top = `fit=crop&wid=2725&hei=${ROWS - 8}&align=0,-1&fmt=png`;
      const { file: got } = whole(await saveOf(worker, { ...file, key }, top, "png"));
      // The photograph itself, as jpeg-js decodes it, which repeats chroma samples: single pixels differ.
      const want = topOf(jpegPixels(corpusFile("photos", "landscape-2725x2225.jpg").read()), ROWS - 8);
      expectAlike(pngPixels(got), want, { max: 60, mean: 2 }, key);
    });
  });
});

function topOf({ width, data }: Pixels, height: number): Pixels {
  return { width, height, data: data.subarray(0, width * height * 4) };
}
