import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../../scripts/local/worker.ts";
import { ask } from "../../support/ask.ts";
import { type CorpusFile, corpusFile, describeCorpus, saveOf } from "../../support/corpus.ts";
import { expectAlike } from "../../support/likeness.ts";
import { startBundled } from "../../support/local.ts";
import { jpegPixels, pngFile, pngPixels, testPattern } from "../../support/pixels.ts";
import { refusal, whole } from "../../support/save.ts";

let worker: LocalWorker;
beforeAll(async () => {
  worker = await startBundled({ vars: { ...LOCAL_VARS, CreateFolders: "1" } });
});
afterAll(() => worker?.stop());

async function expectUnsupported(file: CorpusFile, kind: string): Promise<void> {
  const { error, message } = refusal(await saveOf(worker, file, "fmt=png", "png"));
  expect(error).toBe("sourceUnsupported");
  expect(message).toContain(kind);
}

/** JPEGs that are known and not decoded, by name. MR4 and XA1 are radiographs, compressed without loss. */
const UNSUPPORTED: readonly { readonly named: RegExp; readonly kind: string }[] = [
  { named: /lossless|^MR4|^XA1/, kind: "a lossless JPEG" },
  { named: /cmyk|ycck/, kind: "a CMYK JPEG" },
];
/** Whose scans end too early; the reference shows what can be made of it. */
const INCOMPLETE = "partial_progressive.jpg";
const unsupportedKind = (name: string) => UNSUPPORTED.find(({ named }) => named.test(name))?.kind;

describeCorpus("jpeg-reftest", (files) => {
  const jpegs = files.filter(({ name }) => name.endsWith(".jpg"));

  // Saved as PNG and in full size: nothing but the decoder comes between the file and what is compared. The references
  // are by another decoder, which rounds and interpolates chroma a little otherwise: up to ±3, in few samples.
  test.each(jpegs.filter(({ name }) => unsupportedKind(name) === undefined && name !== INCOMPLETE))(
    "$name is decoded as its reference says.",
    async (file) => {
      const saved = whole(await saveOf(worker, file, "fmt=png", "png"));
      const want = pngPixels(corpusFile("jpeg-reftest", file.name.replace(/jpg$/, "png")).read());
      expectAlike(pngPixels(saved.file), want, { max: 3, mean: 0.1 }, file.key);
    },
  );

  test(`${INCOMPLETE} is refused as damaged, and nothing is saved.`, async () => {
    expect(refusal(await saveOf(worker, corpusFile("jpeg-reftest", INCOMPLETE), "fmt=png", "png")).error).toBe(
      "sourceBroken",
    );
  });

  test.each(jpegs.filter(({ name }) => unsupportedKind(name) !== undefined))(
    "$name is of a kind that is refused by its name, and nothing is saved.",
    (file) => expectUnsupported(file, unsupportedKind(file.name) ?? ""),
  );
});

describeCorpus("cmyk", (files) => {
  test.each(files)("$name is refused as CMYK, and nothing is saved.", (file) => expectUnsupported(file, "a CMYK JPEG"));
});

describeCorpus("jpeg-crash", (files) => {
  const reasons = ["sourceBroken", "sourceFormat", "sourceUnsupported", "sourceTooLarge"];
  const good = "/is/image/good?wid=40&fmt=png";
  let before: Buffer;
  beforeAll(async () => {
    await worker.sources.put("good.png", pngFile(testPattern(80, 60)));
    before = (await ask(worker.url, good)).body;
  });

  test.each(files)("$name is saved as well as it can be, or refused for what is wrong with it.", async (file) => {
    const saved = await saveOf(worker, file, "wid=200&fit=constrain&fmt=png", "png");
    if ("file" in saved) {
      const { width, height } = pngPixels(saved.file);
      expect(saved.answer).toMatchObject({ width, height });
    } else {
      expect(reasons).toContain(saved.answer.error);
    }
  });

  describe("after all of them", () => {
    test("A good picture still comes out as before.", async () => {
      const { status, body } = await ask(worker.url, good);
      expect([status, body.equals(before)]).toEqual([200, true]);
    });

    test("A good JPEG still comes out as its reference says.", async () => {
      const file = corpusFile("jpeg-reftest", "rgb.jpg");
      await worker.sources.put("good.jpg", file.read());
      const { body } = await ask(worker.url, "/is/image/good.jpg?fmt=png");
      expectAlike(
        pngPixels(body),
        pngPixels(corpusFile("jpeg-reftest", "rgb.png").read()),
        { max: 3, mean: 0.1 },
        "good",
      );
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

  test("truncated.jpg is refused: half a picture is not saved without a word.", async () => {
    const { error, message } = refusal(await saveOf(worker, corpusFile("misc", "truncated.jpg"), "wid=200", "jpg"));
    expect([error, message]).toEqual(["sourceBroken", expect.stringContaining("premature end")]);
  });
});
