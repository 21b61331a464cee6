import { describe, expect, test } from "vitest";
import { Fault } from "../../src/faults.ts";
import {
  blocksJpeg,
  EOI,
  exifSegment,
  type Frame,
  frame,
  jpegBytes,
  SCAN,
  SOI,
  segment,
} from "../support/jpeg-bytes.ts";
import { componentsOf, pictureSpec } from "../support/jpeg-pictures.ts";
import { SIMPLE_PROGRESSION } from "../support/jpeg-scripts.ts";
import { writeJpeg } from "../support/jpeg-writer.ts";
import { randomBytes } from "../support/random.ts";
import { factsOf, faultOf, sniff } from "../support/sniffing.ts";

const SIZE = { width: 300, height: 200 };
const ONE = { across: 1, down: 1 };
const facts = {
  format: "jpeg",
  orientation: 1,
  size: SIZE,
  alpha: false,
  jpeg: { wholeFile: false, sampling: [ONE] },
};

/** The header of a scan with these components, by their numbers. */
const scanOf = (ids: readonly number[], [first, last]: readonly [number, number] = [0, 63]) =>
  segment(0xda, [ids.length, ...ids.flatMap((id) => [id, 0]), first, last, 0]);
const headerOf = ({ components = 1, ...spec }: Partial<Frame>) => {
  const ids = Array.from({ length: components }, (_, at) => at + 1);
  return jpegBytes(SOI, frame({ ...SIZE, ...spec, components }), scanOf(ids, [0, spec.marker === 0xc2 ? 0 : 63]));
};

describe("frames", () => {
  test.each([
    [0xc0, "baseline", false],
    [0xc1, "extended sequential", false],
    [0xc2, "progressive", true],
  ])("SOF %i, %s, is taken", (marker, _, wholeFile) => {
    expect(sniff(headerOf({ marker }))).toEqual({ ...facts, jpeg: { wholeFile, sampling: [ONE] } });
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
  ])("SOF %i is refused by name: %s", (marker, detail) => {
    expect(faultOf(() => sniff(headerOf({ marker })))).toEqual({ code: "sourceUnsupported", detail });
  });

  test.each([
    [{ precision: 12 }, "sourceUnsupported", "a JPEG of 12 bits a sample"],
    [{ precision: 16 }, "sourceUnsupported", "a JPEG of 16 bits a sample"],
    [{ precision: 2 }, "sourceUnsupported", "a JPEG of 2 bits a sample"],
    [{ components: 0 }, "sourceUnsupported", "a JPEG of 0 components"],
    [{ components: 2 }, "sourceUnsupported", "a JPEG of 2 components"],
    [{ components: 5 }, "sourceUnsupported", "a JPEG of 5 components"],
    [{ height: 0 }, "sourceBroken", "the JPEG has no height"],
    [{ width: 0 }, "sourceBroken", "the JPEG has a width of 0"],
  ] as const)("%o is refused, saying why", (spec, code, detail) => {
    expect(faultOf(() => sniff(headerOf(spec)))).toEqual({ code, detail });
  });

  test("one component, three and four are taken, up to the largest sides there are", () => {
    for (const components of [1, 3, 4]) {
      const size = { width: 65_535, height: 65_535 };
      const jpeg = { wholeFile: false, sampling: new Array(components).fill(ONE) };
      expect(sniff(headerOf({ ...size, components }))).toEqual({ ...facts, size, jpeg });
    }
  });
});

describe("what decoding will take", () => {
  const wholeFile = (file: Uint8Array) => factsOf(file).jpeg?.wholeFile;

  test("is the whole file just where its components do not all come in the one first scan", () => {
    expect(wholeFile(writeJpeg(pictureSpec({})))).toBe(false);
    expect(wholeFile(writeJpeg(pictureSpec({ sampling: "1x1" })))).toBe(false);
    expect(wholeFile(writeJpeg(pictureSpec({ scans: [{ of: [0] }, { of: [1] }, { of: [2] }] })))).toBe(true);
    expect(wholeFile(writeJpeg(pictureSpec({ scans: [{ of: [0, 1] }, { of: [2] }] })))).toBe(true);
    expect(wholeFile(writeJpeg(pictureSpec({ marker: 0xc2, scans: SIMPLE_PROGRESSION })))).toBe(true);
    expect(wholeFile(writeJpeg(pictureSpec({ marker: 0xc2, sampling: "1x1", scans: [{ of: [0] }] })))).toBe(true);
  });

  test.each(["1x1,1x1,1x1", "2x1,1x1,1x1", "2x2,1x1,1x1", "1x2,1x1,1x1", "4x1,1x2,2x1", "2x2,1x1,1x1,2x2"])(
    "depends on its sampling: %s",
    (sampling) => {
      const wanted = componentsOf(sampling).map(({ h, v }) => ({ across: h, down: v }));
      expect(factsOf(writeJpeg(pictureSpec({ sampling }))).jpeg?.sampling).toEqual(wanted);
    },
  );

  // T.81, A.2.2: what is not interleaved comes in single blocks.
  test("does not depend on the factors of a component that is alone", () => {
    for (const sampling of ["2x2", "4x1", "3x4"]) {
      expect(factsOf(writeJpeg(pictureSpec({ sampling }))).jpeg?.sampling).toEqual([ONE]);
    }
  });
});

describe("a height behind the first scan (DNL)", () => {
  /** Where a marker is looked for at a time. */
  const STRETCH = 65_536;
  const HEADER = [frame({ width: 300, height: 0 }), SCAN];
  /** Coded bytes: any, of which each 0xFF is stuffed. */
  const coded = (length: number) =>
    [...randomBytes(length, length)].map((byte, at) => (at % 50 === 49 ? 0 : at % 50 === 48 ? 0xff : byte & 0x7f));
  const dnl = (height: number) => segment(0xdc, [height >> 8, height & 255]);
  const fileOf = (...behind: readonly (readonly number[])[]) => jpegBytes(SOI, ...HEADER, ...behind);

  test("is found wherever it lies, also across the edge of what is looked at", () => {
    for (const length of [0, 1, 2, 100, 30_000]) expect(sniff(fileOf(coded(length), dnl(200), EOI))).toEqual(facts);
    for (let length = STRETCH - 6; length < STRETCH + 6; length++) {
      expect(sniff(fileOf(coded(length), dnl(200), EOI)), `behind ${length} bytes`).toEqual(facts);
    }
    expect(sniff(fileOf(coded(3 * STRETCH + 17), dnl(200)))).toEqual(facts);
  });

  test("is found behind restart markers, fill bytes, stuffed zeros and codes of no marker", () => {
    const before = [0xff, 0xd0, 1, 2, 0xff, 0xd7, 0xff, 0, 0xff, 0x33, 3, 0xff, 0xff, 0xff];
    expect(sniff(fileOf(before, dnl(200), EOI))).toEqual(facts);
    expect(sniff(fileOf(coded(STRETCH - 3), before, dnl(200), EOI))).toEqual(facts);
  });

  test("is that of a picture on its side, too", () => {
    const turned = jpegBytes(SOI, exifSegment({ orientation: 6 }), ...HEADER, coded(9), dnl(200));
    expect(sniff(turned)).toEqual({ ...facts, orientation: 6, size: { width: 200, height: 300 } });
  });

  test("comes from a file that was written so", () => {
    const size = { width: 45, height: 37 };
    expect(factsOf(writeJpeg(pictureSpec({ size, heightBehind: true, fill: 2 }))).size).toEqual(size);
  });

  test.each([
    ["the file ends", []],
    ["the file ends in half a marker", [0xff]],
    ["the picture ends", EOI],
    ["another scan begins", SCAN],
    ["tables come first", segment(0xc4, [0, ...new Array(16).fill(0)])],
    ["it is 0", dnl(0)],
  ])("is missing where %s, and the file is damaged", (_, behind) => {
    for (const length of [0, 10, STRETCH - 1, STRETCH]) {
      const file = fileOf(coded(length), behind);
      expect(faultOf(() => sniff(file))).toEqual({ code: "sourceBroken", detail: "the JPEG has no height" });
    }
  });

  test("is never a wrong one where the file is cut off", () => {
    const file = fileOf(coded(100), [0xff, 0xff], dnl(0x0102), EOI);
    const complete = file.length - EOI.length;
    for (let length = 3; length < file.length; length++) {
      const cut = file.subarray(0, length);
      if (length < complete) expect(["wants more", "the JPEG has no height"]).toContain(outcomeOf(cut));
      else expect(sniff(cut)).toEqual({ ...facts, size: { width: 300, height: 0x0102 } });
    }
  });

  test("is not looked for where the frame has one: the last byte wanted is that of the scan header", () => {
    expect(sniff(headerOf({}))).toEqual(facts);
    expect(sniff(jpegBytes(SOI, frame(SIZE), SCAN, dnl(77)))).toEqual(facts);
  });
});

/** "wants more", or what the fault says; facts are neither. */
function outcomeOf(file: Uint8Array): string | undefined {
  const { detail } = faultOf(() => {
    if (sniff(file) === "wants more") throw new Fault("internal", "wants more");
  });
  return detail;
}

describe("on the way to the first scan", () => {
  const SKIPPED: readonly (readonly [what: string, bytes: readonly number[]])[] = [
    ["APP0 to APP15", Array.from({ length: 16 }, (_, at) => segment(0xe0 + at, [1, 2, 3])).flat()],
    [
      "quantisation and Huffman tables",
      [...segment(0xdb, new Array(65).fill(1)), ...segment(0xc4, new Array(17).fill(0))],
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
    expect(sniff(jpegBytes(SOI, frame(SIZE), bytes, SCAN))).toEqual(facts);
  });

  test("more megabytes of segments than the first window of a source: stepped over", () => {
    const megabytes = Array.from({ length: 40 }, () => segment(0xe2, new Array(65_533).fill(0x20)));
    expect(sniff(jpegBytes(SOI, ...megabytes, frame(SIZE), SCAN))).toEqual(facts);
  });

  test.each([
    ["the scan comes first", SCAN, "a scan before its frame header"],
    ["the file ends first", EOI, "an end before its first scan"],
    ["a segment is shorter than its own length", [0xff, 0xe0, 0, 1], "a segment of 1 bytes at byte 2"],
    ["a segment has no length", [0xff, 0xe0, 0, 0], "a segment of 0 bytes at byte 2"],
    [
      "there is no marker behind a segment",
      [...segment(0xe0, [1, 2]), 0x12, 0x34],
      "something else than a marker at byte 8",
    ],
    ["there are two frames", frame(SIZE), "a second frame header"],
  ])("where %s, the file is damaged", (_, bytes, detail) => {
    // The beginning of a JPEG's first three bytes always ends in one of a marker.
    expect(faultOf(() => sniff(jpegBytes(SOI, bytes, frame(SIZE), SCAN)))).toEqual({
      code: "sourceBroken",
      detail: `the JPEG has ${detail}`,
    });
  });

  test("the picture ends behind the frame, and the file is damaged", () => {
    expect(faultOf(() => sniff(jpegBytes(SOI, frame(SIZE), EOI, SCAN)))).toEqual({
      code: "sourceBroken",
      detail: "the JPEG has an end before its first scan",
    });
  });
});
