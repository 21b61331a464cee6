import { describe, expect, test, vi } from "vitest";
import { Fault } from "../../../src/faults.ts";
import { Kernels } from "../../../src/pixels/kernels.ts";
import type { Raster } from "../../../src/pixels/raster.ts";
import { oracleJpeg } from "../../oracle/jpeg.ts";
import { type CorpusFile, corpusFile, describeCorpus } from "../../support/corpus.ts";
import { decodeAlone, expectAsOracle, SHRINKS, sameBytes } from "../../support/jpeg-agreement.ts";
import { decodeJpeg, jpegFacts, shrunkSize } from "../../support/jpeg-decoding.ts";
import { difference, expectAlike } from "../../support/likeness.ts";
import { type Pixels, pngPixels } from "../../support/pixels.ts";
import { sniff } from "../../support/sniffing.ts";
import { MODULES } from "../../support/wasm-modules.ts";

// Takes a second or two alone, and more where others run beside it.
vi.setConfig({ testTimeout: 60_000 });

/** A PNG under the name of a JPEG, of which nothing is claimed here. */
const NO_JPEG = "jpg-size-6x6.jpg";
const LOSSLESS = /lossless|^MR4|^XA1/;
const jpegsIn = (files: readonly CorpusFile[]) =>
  files.filter(({ name }) => name.endsWith(".jpg") && name !== NO_JPEG && !LOSSLESS.test(name));

const pixelsOf = ({ size, data }: Raster): Pixels => ({ ...size, data });

/** References by decoders other than libjpeg, from which libjpeg itself differs by 3 in a few samples. */
const FOREIGN = ["mjpeg.jpg", "ycck.jpg"];

describeCorpus("jpeg-reftest", (files) => {
  test.each(jpegsIn(files))("$name is decoded as its reference says.", async ({ name, read, key }) => {
    const { raster } = await decodeAlone(read());
    const want = pngPixels(corpusFile("jpeg-reftest", name.replace(/jpg$/, "png")).read());
    const max = FOREIGN.includes(name) ? 3 : 2;
    expectAlike(pixelsOf(raster), want, { max, mean: 0.2 }, `codec-${key}`);
  });

  test.each(jpegsIn(files))("$name is decoded at every scale as the oracle says.", ({ read }) =>
    expectAsOracle(read()),
  );

  test.each(files.filter(({ name }) => name.endsWith(".jpg") && LOSSLESS.test(name)))(
    "$name is refused by its kind.",
    ({ read }) => {
      expect(() => jpegFacts(read())).toThrow(
        expect.objectContaining({ code: "sourceUnsupported", detail: "a lossless JPEG" }),
      );
    },
  );

  // What is in the picture is large enough to be seen displaced, and no component loses more than it can.
  test.each(files.filter(({ name }) => /^(rgb|progressive3|mjpeg|jpg-cmyk-2|ycck)\.jpg$/.test(name)))(
    "$name, scaled, lies where the box-filtered whole lies, in the same brightness.",
    ({ read }) => expectInPlace(read()),
  );
});

describeCorpus("cmyk", (files) => {
  test.each(files)("$name is decoded at every scale as the oracle says.", ({ read }) => expectAsOracle(read()));
  test.each(files)("$name, scaled, lies where the box-filtered whole lies.", ({ read }) => expectInPlace(read()));
});

/**
 * Holds that a scaled decode is nearer to the picture that was averaged than to the same one moved by a single pixel of the
 * file, to any side; and that colour pictures are as bright on the whole.
 *
 * An inverse DCT of N points keeps other detail than a box does, so their levels differ by what detail the picture has, and
 * no tolerance would hold for all. But both are symmetric about the middle of each pixel: whoever is off by as little as an
 * eighth of a pixel is nearer to the picture that was moved. Inks are multiplied after they were scaled, and the mean
 * of products is no product of means: of CMYK no brightness is claimed.
 */
async function expectInPlace(file: Uint8Array): Promise<void> {
  const whole = (await decodeAlone(file)).raster;
  for (const shrink of SHRINKS.slice(1)) {
    const scaled = (await decodeAlone(file, { shrink })).raster;
    const there = distance(scaled, whole, shrink, 0, 0);
    for (const [right, down] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const moved = distance(scaled, whole, shrink, right, down);
      expect(there.rms, `at 1/${shrink}, moved by ${right}, ${down}`).toBeLessThan(moved.rms);
    }
    if (oracleJpeg(file, 8).frame.components.length === 3) expect(Math.abs(there.mean)).toBeLessThan(0.5);
  }
}

/** How a scaled picture differs from the means of `shrink` × `shrink` pixels, without those at the edges. */
function distance(scaled: Raster, whole: Raster, shrink: number, right: number, down: number) {
  const [width, height] = [Math.floor(whole.size.width / shrink), Math.floor(whole.size.height / shrink)];
  let [sum, squares, samples] = [0, 0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      for (let channel = 0; channel < 3; channel++) {
        let box = 0;
        for (let at = 0; at < shrink * shrink; at++) {
          const [fromX, fromY] = [x * shrink + (at % shrink) + right, y * shrink + Math.floor(at / shrink) + down];
          box += whole.data[(fromY * whole.size.width + fromX) * 4 + channel] ?? 0;
        }
        const by = (scaled.data[(y * scaled.size.width + x) * 4 + channel] ?? 0) - box / shrink ** 2;
        sum += by;
        squares += by * by;
        samples++;
      }
    }
  }
  return { mean: sum / samples, rms: Math.sqrt(squares / samples) };
}

/** Where the pixel of an upright picture lies in its file. Source: Exif 2.32, 4.6.4, tag Orientation. */
const IN_FILE: readonly ((x: number, y: number, right: number, bottom: number) => readonly [x: number, y: number])[] = [
  (x, y) => [x, y],
  (x, y, right) => [right - x, y],
  (x, y, right, bottom) => [right - x, bottom - y],
  (x, y, _, bottom) => [x, bottom - y],
  (x, y) => [y, x],
  (x, y, _, bottom) => [y, bottom - x],
  (x, y, right, bottom) => [right - y, bottom - x],
  (x, y, right) => [right - y, x],
];

async function upright(file: Uint8Array): Promise<Pixels> {
  const facts = jpegFacts(file);
  const { raster } = await decodeAlone(file, { facts, shrink: 8 });
  const { width, height } = shrunkSize({ ...facts, orientation: 1 }, 8);
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [fromX = 0, fromY = 0] =
        IN_FILE[facts.orientation - 1]?.(x, y, raster.size.width - 1, raster.size.height - 1) ?? [];
      const from = (fromY * raster.size.width + fromX) * 4;
      data.set(raster.data.subarray(from, from + 4), (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

describeCorpus("exif-orientation", (files) => {
  // They were compressed one by one: at 1/8 that is worth a level or two in the mean, and mirroring one is worth tens.
  test.each(files)("$name, turned as its facts say, looks like number 1.", async ({ name, read }) => {
    const first = corpusFile("exif-orientation", name.replace(/\d/, "1"));
    const [got, want] = [await upright(read()), await upright(first.read())];
    expect({ width: got.width, height: got.height }).toEqual({ width: want.width, height: want.height });
    expect(difference(got, want).mean).toBeLessThan(3);
  });
});

describeCorpus("jpeg-crash", (files) => {
  const good = () => corpusFile("jpeg-reftest", "jpg-size-33x33.jpg").read();
  /** More pixels than this are not wanted at once. */
  const MANY = 2_000_000;

  async function attempt(kernels: Kernels, file: Uint8Array): Promise<void> {
    try {
      const facts = sniff(file);
      if (facts === "wants more") return;
      const { width, height } = shrunkSize(facts);
      const wanted =
        width * height > MANY ? { x: 0, y: 0, width: 1, height: Math.min(height, 100) } : { x: 0, y: 0, width, height };
      await decodeJpeg(kernels, file, { facts, wanted, chunkBytes: 4096 });
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
    }
  }

  describe("all with the same kernels", () => {
    const kernels = new Kernels(MODULES.kernels);
    test.each(files)("$name is a Fault or a picture, and the next one is what it was.", async ({ read }) => {
      await attempt(kernels, read());
      kernels.clear();
      const after = (await decodeJpeg(kernels, good())).raster;
      kernels.clear();
      expect(sameBytes(after.data, (await decodeAlone(good())).raster.data)).toBe(true);
      // A phone's photograph needs less than two megabytes (../shared/prototypes/jpeg-decoder/README.md).
      expect(kernels.bytes).toBeLessThan(64 * 1024 * 1024);
    });
  });
});
