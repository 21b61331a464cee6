import { describe, expect, test } from "vitest";
import { exif } from "../support/jpeg-bytes.ts";
import { faultOf, sniff } from "../support/sniffing.ts";
import { ALPHA, ANIMATION, EXIF, vp8, vp8l, vp8x, type WebpChunk, webpOf } from "../support/webp-bytes.ts";

const SIZE = { width: 300, height: 200 };
const FACTS = { format: "webp", size: SIZE, orientation: 1, alpha: false } as const;
const TURNED = { ...FACTS, size: { width: 200, height: 300 }, orientation: 6 } as const;
const PICTURE = vp8(300, 200);
const ORIENTED: WebpChunk = ["EXIF", exif({ orientation: 6, identifier: [] })];
const ODD: WebpChunk = ["ICCP", [1, 2, 3]];

describe("size and alpha", () => {
  test("of a lossy picture", () => {
    expect(sniff(webpOf([PICTURE]))).toEqual(FACTS);
  });

  test("of a lossy picture whose header gives advice on its scale", () => {
    expect(sniff(webpOf([vp8(300 | 0x4000, 200 | 0xc000)]))).toEqual(FACTS);
  });

  test.each([false, true])("of a lossless picture with alpha %s", (alpha) => {
    expect(sniff(webpOf([vp8l(300, 200, { alpha })]))).toEqual({ ...FACTS, alpha });
  });

  test("at the ends of what either can have", () => {
    for (const side of [1, 16_383]) {
      expect(sniff(webpOf([vp8(side, side)]))).toEqual({ ...FACTS, size: { width: side, height: side } });
    }
    for (const side of [1, 16_384]) {
      expect(sniff(webpOf([vp8l(side, side)]))).toEqual({ ...FACTS, size: { width: side, height: side } });
    }
  });

  test.each<[string, readonly WebpChunk[], boolean]>([
    ["nothing that says so", [vp8x(0, 300, 200), PICTURE], false],
    ["a flag", [vp8x(ALPHA, 300, 200), PICTURE], true],
    ["a chunk of it alone", [vp8x(0, 300, 200), ["ALPH", [0, 1, 2]], PICTURE], true],
    ["a lossless picture", [vp8x(0, 300, 200), vp8l(300, 200, { alpha: true })], true],
    ["a flag behind a profile", [vp8x(ALPHA, 300, 200), ODD, PICTURE], true],
  ])("of an extended file with %s", (_, chunks, alpha) => {
    expect(sniff(webpOf(chunks))).toEqual({ ...FACTS, alpha });
  });
});

describe("Exif", () => {
  const prefixed: WebpChunk = ["EXIF", exif({ orientation: 6 })];
  const behind: readonly (readonly [string, readonly WebpChunk[]])[] = [
    ["behind the picture", [PICTURE, ORIENTED]],
    ["with a JPEG's identifier", [PICTURE, prefixed]],
    ["in front of the picture", [ORIENTED, PICTURE]],
    ["behind chunks of odd lengths", [ODD, PICTURE, ["XMP ", [1]], ODD, prefixed]],
    ["twice, of which the first counts", [PICTURE, ORIENTED, ["EXIF", exif({ orientation: 3 })]]],
  ];
  test.each(behind)("is read %s", (_, chunks) => {
    expect(sniff(webpOf([vp8x(EXIF, 300, 200), ...chunks]))).toEqual(TURNED);
  });

  test("is looked for only where the header says that there is one: it costs another read", () => {
    expect(sniff(webpOf([vp8x(0, 300, 200), PICTURE, ORIENTED]))).toEqual(FACTS);
  });

  test("that is promised and missing is none", () => {
    expect(sniff(webpOf([vp8x(EXIF, 300, 200), PICTURE]))).toEqual(FACTS);
  });

  test("that is longer than a JPEG's is looked into as far as that", () => {
    const long = [...exif({ orientation: 6, identifier: [] }), ...new Array<number>(100_000).fill(0)];
    expect(sniff(webpOf([vp8x(EXIF, 300, 200), PICTURE, ["EXIF", long]]))).toEqual(TURNED);
  });

  test("that is nonsense says nothing", () => {
    for (const content of [[], [1], [...Buffer.from("Exif\0\0")], [...Buffer.from("no TIFF at all")]]) {
      expect(sniff(webpOf([vp8x(EXIF, 300, 200), PICTURE, ["EXIF", content]]))).toEqual(FACTS);
    }
  });
});

describe("what is refused", () => {
  test.each<[string, readonly WebpChunk[]]>([
    ["by its flag", [vp8x(ANIMATION, 300, 200), ["ANIM", [0, 0, 0, 0, 0, 0]]]],
    ["by its chunks", [vp8x(0, 300, 200), ["ANIM", [0, 0, 0, 0, 0, 0]], PICTURE]],
    ["by a frame", [vp8x(0, 300, 200), ["ANMF", new Array(20).fill(0)]]],
  ])("an animation, known %s", (_, chunks) => {
    expect(faultOf(() => sniff(webpOf(chunks)))).toEqual({ code: "sourceUnsupported", detail: "an animated WebP" });
  });

  test.each<[string, readonly WebpChunk[], string]>([
    ["no chunk", [], "it ends before what it promises"],
    ["another chunk first", [ODD, PICTURE], 'its first chunk is "ICCP"'],
    ["no picture", [vp8x(0, 300, 200), ODD], "it ends before what it promises"],
    ["a short header", [["VP8X", [0, 0, 0, 0]]], "its VP8X chunk has 4 bytes"],
    ["a short picture", [["VP8 ", [0x10, 0, 0, 0x9d, 1, 0x2a]]], "its VP8 chunk has 6 bytes"],
    ["a short lossless picture", [["VP8L", [0x2f]]], "its VP8L chunk has 1 bytes"],
    [
      "a picture of another size than it says",
      [vp8x(0, 301, 200), PICTURE],
      "the header says 301 × 200, the picture is 300 × 200",
    ],
    [
      "a canvas that no picture has",
      [vp8x(0, 2 ** 24, 2 ** 24), vp8l(1, 1)],
      "the header says 16777216 × 16777216, the picture is 1 × 1",
    ],
    ["a frame that needs another one", [vp8(300, 200, { tag: 0x11 })], "the VP8 frame is not a picture"],
    ["a frame that is not shown", [vp8(300, 200, { tag: 0 })], "the VP8 frame is not a picture"],
    ["a frame without its mark", [vp8(300, 200, { start: [0x9d, 0x01, 0x2b] })], "the VP8 frame is not a picture"],
    ["no width", [vp8(0, 200)], "the header says 0 × 200"],
    ["no height", [vp8(300, 0)], "the header says 300 × 0"],
    ["another version", [vp8l(300, 200, { version: 1 })], "the VP8L stream is not a picture"],
    ["no signature", [vp8l(300, 200, { signature: 0x2e })], "the VP8L stream is not a picture"],
  ])("a file with %s", (_, chunks, detail) => {
    expect(faultOf(() => sniff(webpOf(chunks)))).toEqual({ code: "sourceBroken", detail });
  });

  test("a chunk that reaches behind the end of the file", () => {
    const file = webpOf([vp8x(0, 300, 200), ODD, PICTURE]);
    for (const length of [1000, 0x7fff_ffff, 0xffff_ffff]) {
      new DataView(file.buffer).setUint32(34, length, true);
      expect(faultOf(() => sniff(file))).toEqual({ code: "sourceBroken", detail: "a chunk ends behind the file" });
    }
  });

  test("a file that says it is shorter than its first chunk; one that says it is longer is for its decoder", () => {
    expect(faultOf(() => sniff(webpOf([PICTURE], 20))).code).toBe("sourceBroken");
    expect(faultOf(() => sniff(webpOf([PICTURE], 0))).code).toBe("sourceBroken");
    expect(sniff(webpOf([PICTURE], 0xffff_fff0))).toEqual(FACTS);
  });
});
