import { describe, expect, test } from "vitest";
import { blocksJpeg, EOI, type Frame, frame, jpegBytes, SCAN, SOI, segment } from "../support/jpeg-bytes.ts";
import { faultOf, sniff } from "../support/sniffing.ts";

const SIZE = { width: 300, height: 200 };
const facts = { format: "jpeg", orientation: 1, size: SIZE, alpha: false };
const headerOf = (spec: Partial<Frame>) => jpegBytes(SOI, frame({ ...SIZE, ...spec }), SCAN);

describe("frames", () => {
  test.each([
    [0xc0, "baseline"],
    [0xc1, "extended sequential"],
    [0xc2, "progressive"],
  ])("SOF %x, %s, is taken", (marker) => {
    expect(sniff(headerOf({ marker }))).toEqual(facts);
  });

  test.each([
    [0xc3, "a lossless JPEG"],
    [0xc5, "a hierarchical JPEG"],
    [0xc6, "a hierarchical JPEG"],
    [0xc7, "a lossless hierarchical JPEG"],
    [0xc9, "an arithmetic-coded JPEG"],
    [0xca, "an arithmetic-coded JPEG"],
    [0xcb, "a lossless arithmetic-coded JPEG"],
    [0xcd, "a hierarchical arithmetic-coded JPEG"],
    [0xce, "a hierarchical arithmetic-coded JPEG"],
    [0xcf, "a lossless hierarchical arithmetic-coded JPEG"],
  ])("SOF %x is refused by name: %s", (marker, detail) => {
    expect(faultOf(() => sniff(headerOf({ marker })))).toEqual({ code: "sourceUnsupported", detail });
  });

  test.each([
    [{ precision: 12 }, "sourceUnsupported", "a JPEG of 12 bits a sample"],
    [{ precision: 16 }, "sourceUnsupported", "a JPEG of 16 bits a sample"],
    [{ precision: 2 }, "sourceUnsupported", "a JPEG of 2 bits a sample"],
    [{ components: 4 }, "sourceUnsupported", "a CMYK JPEG"],
    [{ components: 0 }, "sourceUnsupported", "a JPEG of 0 components"],
    [{ components: 2 }, "sourceUnsupported", "a JPEG of 2 components"],
    [{ components: 5 }, "sourceUnsupported", "a JPEG of 5 components"],
    [{ height: 0 }, "sourceUnsupported", "a JPEG that tells its height only at its end (DNL)"],
    [{ width: 0 }, "sourceBroken", "the JPEG is 0 pixels wide"],
  ] as const)("%o is refused, saying why", (spec, code, detail) => {
    expect(faultOf(() => sniff(headerOf(spec)))).toEqual({ code, detail });
  });

  test("one component and three are taken, up to the largest sides there are", () => {
    for (const components of [1, 3]) {
      const size = { width: 65_535, height: 65_535 };
      expect(sniff(headerOf({ ...size, components }))).toEqual({ ...facts, size });
    }
  });
});

describe("on the way to the frame", () => {
  const SKIPPED: readonly (readonly [what: string, bytes: readonly number[]])[] = [
    ["APP0 to APP15", Array.from({ length: 16 }, (_, at) => segment(0xe0 + at, [1, 2, 3])).flat()],
    [
      "quantisation and Huffman tables",
      [...segment(0xdb, new Array(65).fill(1)), ...segment(0xc4, new Array(20).fill(0))],
    ],
    ["arithmetic conditioning, whose marker lies between those of frames", segment(0xcc, [0, 0])],
    ["a JPG marker, likewise", segment(0xc8, [9, 9])],
    ["a comment and a restart interval", [...segment(0xfe, [...Buffer.from("hello")]), ...segment(0xdd, [0, 8])]],
    ["an empty segment", segment(0xe5, [])],
    ["an empty APP1", segment(0xe1, [])],
    ["the longest segment there is", segment(0xe2, new Array(65_533).fill(0xff))],
    ["fill bytes before a marker", [0xff, 0xff, 0xff, ...segment(0xe0, [1])]],
    ["fill bytes before the frame", [0xff, 0xff, 0xff, 0xff]],
    ["markers without a segment", [0xff, 0x01, 0xff, 0xd0, 0xff, 0xd7, 0xff, 0xd8]],
    ["a thumbnail, with a frame of its own, inside a segment", segment(0xe1, [...blocksJpeg([[1]])])],
  ];

  test.each(SKIPPED)("%s: stepped over", (_, bytes) => {
    expect(sniff(jpegBytes(SOI, bytes, frame(SIZE), SCAN))).toEqual(facts);
  });

  test("more megabytes of segments than the first window of a source: stepped over", () => {
    const megabytes = Array.from({ length: 40 }, () => segment(0xe2, new Array(65_533).fill(0x20)));
    expect(sniff(jpegBytes(SOI, ...megabytes, frame(SIZE), SCAN))).toEqual(facts);
  });

  test.each([
    ["the scan comes first", SCAN, "the JPEG has no frame header"],
    ["the file ends first", EOI, "the JPEG has no frame header"],
    ["a segment is shorter than its own length", [0xff, 0xe0, 0, 1], "a segment of 1 bytes at byte 2"],
    ["a segment has no length", [0xff, 0xe0, 0, 0], "a segment of 0 bytes at byte 2"],
    ["there is no marker behind a segment", [...segment(0xe0, [1, 2]), 0x12, 0x34], "no marker at byte 8"],
  ])("where %s, the file is damaged", (_, bytes, detail) => {
    // The beginning of a JPEG's first three bytes always ends in one of a marker.
    expect(faultOf(() => sniff(jpegBytes(SOI, bytes, frame(SIZE), SCAN)))).toEqual({ code: "sourceBroken", detail });
  });
});
