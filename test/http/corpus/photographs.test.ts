import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../../scripts/local/worker.ts";
import { ask } from "../../support/ask.ts";
import { type CorpusFile, corpusFile, describeCorpus, saveOf } from "../../support/corpus.ts";
import { difference, expectAlike, type Tolerance } from "../../support/likeness.ts";
import { startBundled } from "../../support/local.ts";
import { jpegPixels, mirrored, type Pixels, pngPixels, scaled } from "../../support/pixels.ts";
import { flawed, refusal, whole } from "../../support/save.ts";

/** As it ships; weighing every pixel; and leaving pictures as they lie. */
let worker: LocalWorker;
let exact: LocalWorker;
let asTheyLie: LocalWorker;
beforeAll(async () => {
  const start = (vars: Readonly<Record<string, string>>) =>
    startBundled({ vars: { ...LOCAL_VARS, CreateFolders: "1", ...vars } });
  worker = await start({});
  exact = await start({ ScaleQuality: "exact" });
  asTheyLie = await start({ ScaleQuality: "exact", AutoOrient: "0" });
});
afterAll(() => Promise.all([worker?.stop(), exact?.stop(), asTheyLie?.stop()]));

/** The height that belongs to a width. */
const heightOf = (source: Pixels, width: number) => Math.round((source.height * width) / source.width);

/** What lies between two decoders, scaled: jpeg-js repeats chroma samples where libjpeg interpolates them. */
const DECODERS: Tolerance = { max: 4, mean: 0.5 };

describeCorpus("exif-orientation", (files) => {
  const upright = new Map<string, Pixels>();
  /** The files were made one by one, of turned originals: they differ by a generation of JPEG. */
  const GENERATION: Tolerance = { max: 6, mean: 0.4 };
  /** Those without a tag have the words at their edges a pixel further on. */
  const WRITTEN_OTHERWISE: Tolerance = { max: 80, mean: 0.5 };

  async function seen(file: CorpusFile, by = exact): Promise<Pixels> {
    return pngPixels(whole(await saveOf(by, file, "wid=100&fmt=png", "png")).file);
  }
  /** The number of each picture stands in its middle. */
  function withoutNumber({ width, height, data }: Pixels): Pixels {
    const [half, middle] = [
      { width: 7, height: 9 },
      { x: width >> 1, y: height >> 1 },
    ];
    const rest = Uint8Array.from(data);
    for (let y = middle.y - half.height; y < middle.y + half.height; y++) {
      rest.fill(0, (y * width + middle.x - half.width) * 4, (y * width + middle.x + half.width) * 4);
    }
    return { width, height, data: rest };
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
    expect(difference(mirrored(want), want).mean, "a mirrored picture would be noticed").toBeGreaterThan(10);
    const most = file.name.includes("_0") ? WRITTEN_OTHERWISE : GENERATION;
    expectAlike(withoutNumber(await seen(file)), withoutNumber(want), most, file.key);
  });

  test.each(files)("$name is shown as it lies, with AutoOrient = 0.", async (file) => {
    // jpeg-js knows nothing of Exif.
    const source = jpegPixels(file.read());
    const want = scaled(source, 100, heightOf(source, 100));
    expectAlike(await seen(file, asTheyLie), want, DECODERS, `${file.key} as it lies`);
  });
});

/** What quality 95 with all its chroma costs, in pictures as full of detail as these. */
const QUALITY_95: Tolerance = { max: 40, mean: 3 };

/**
 * Saves a photograph with a width of 200 pixels, as PNG and as JPEG, and compares it with one that was decoded by
 * another decoder and scaled by the definition of the filter.
 *
 * @param most how far they may lie apart, as PNG
 */
async function expectScaled(by: LocalWorker, file: CorpusFile, want: Pixels, most: Tolerance): Promise<void> {
  const size = { width: want.width, height: want.height };
  const png = whole(await saveOf(by, file, "wid=200&fit=constrain&fmt=png", "png"));
  expect(png.answer).toMatchObject({ ...size, type: "image/png" });
  expectAlike(pngPixels(png.file), want, most, `${file.key}.png`);

  const jpeg = whole(await saveOf(by, file, "wid=200&fit=constrain&qlt=95,1", "jpg"));
  expect(jpeg.answer).toMatchObject({ ...size, type: "image/jpeg" });
  expectAlike(jpegPixels(jpeg.file), want, QUALITY_95, `${file.key}.jpg`);
}

const scaledTo200 = (source: Pixels) => scaled(source, 200, heightOf(source, 200));

describeCorpus("kodak", (files) => {
  // Both decoders are exact: what remains is the Worker's arithmetic in float32.
  test.each(files)("$name is saved with 200 pixels' width as the filter defines it.", (file) =>
    expectScaled(worker, file, scaledTo200(pngPixels(file.read())), { max: 1, mean: 0.01 }),
  );
});

/** 280 megapixels, every one of them of this gray. */
const HUGE = "gray-280mp-20000x14000.jpg";
const GRAY = 192;

describeCorpus("photos", (files) => {
  describe.each(files.filter(({ name }) => name !== HUGE))("$name", (file) => {
    let want: Pixels;
    beforeAll(() => {
      want = scaledTo200(jpegPixels(file.read()));
    });

    test("It is saved with 200 pixels' width as the filter defines it, with ScaleQuality = exact.", () =>
      expectScaled(exact, file, want, DECODERS));

    // Averages of boxes of pixels come first, and the filter sees those: fine edges turn out otherwise.
    test("It is saved with 200 pixels' width nearly so, as the Worker ships.", () =>
      expectScaled(worker, file, want, { max: 20, mean: 1 }));
  });
});

describeCorpus("photos", () => {
  const huge = corpusFile("photos", HUGE);

  test(`${HUGE} is saved with 800 pixels' width, within the memory that there is.`, async () => {
    const { answer, file } = whole(await saveOf(worker, huge, "wid=800&fmt=png", "png"));
    expect(answer).toMatchObject({ width: 800, height: 560 });
    expect(new Set(pngPixels(file).data)).toEqual(new Set([GRAY, 255]));
  });

  test(`${HUGE} is shown in full size, a part at a time.`, async () => {
    for (const align of ["-1,-1", "1,1"]) {
      const { status, headers, body } = await ask(
        worker.url,
        `/is/image/${huge.key}?scl=1&wid=300&hei=200&fit=crop&align=${align}&fmt=png`,
      );
      expect(status, body.toString("latin1", 0, 200)).toBe(200);
      expect(headers).not.toHaveProperty("x-fixative-warning");
      expect(new Set(pngPixels(body).data)).toEqual(new Set([GRAY, 255]));
    }
  });

  test(`The first quarter of ${HUGE} is a picture too, with a warning.`, async () => {
    const quarter = { ...huge, key: "photos/beginning.jpg", read: () => huge.read().subarray(0, 273_477) };
    const { file, warning } = flawed(await saveOf(worker, quarter, "scl=8&rgn=0,3000,20000,2000&fmt=png", "png"));
    expect(warning).toContain("parts of it are missing");
    const { data } = pngPixels(file);
    expect([data[0], data.at(-2)]).toEqual([GRAY, 128]);
  });

  test(`Its first 4 KB are not: they cannot hold a sixteenth of it.`, async () => {
    const header = { ...huge, key: "photos/header.jpg", read: () => huge.read().subarray(0, 4096) };
    const { error, message } = refusal(await saveOf(worker, header, "wid=200", "jpg"));
    expect([error, message]).toEqual(["sourceBroken", expect.stringContaining("4096 bytes hold at most")]);
  });

  test(`${HUGE} is refused from its header where MaxSourcePixels says so.`, async () => {
    const careful = await startBundled({
      vars: { ...LOCAL_VARS, CreateFolders: "1", MaxSourcePixels: "100000000" },
    });
    try {
      const header = { ...huge, read: () => huge.read().subarray(0, 4096) };
      const { error, message } = refusal(await saveOf(careful, header, "wid=200", "jpg"));
      expect([error, message]).toEqual(["sourceTooLarge", expect.stringContaining("20000 × 14000")]);
    } finally {
      await careful.stop();
    }
  });
});
