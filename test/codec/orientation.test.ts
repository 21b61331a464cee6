import { describe, expect, test } from "vitest";
import { jpegDecoding } from "../../src/codec/jpeg/decoder.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { decode, laidUpright } from "../support/decoding.ts";
import { blocksJpeg, type Exif, exifSegment, segment } from "../support/jpeg-bytes.ts";
import { factsOf, sniff } from "../support/sniffing.ts";

/** Three blocks by two, as they lie in the file. */
const LEVELS = [
  [10, 60, 110],
  [160, 210, 250],
];

/** What is seen of those, by orientation. Source: Exif 2.32, 4.6.4, tag Orientation: where row 0 and column 0 are. */
const SEEN: readonly (readonly [orientation: number, levels: readonly (readonly number[])[]])[] = [
  [
    1,
    [
      [10, 60, 110],
      [160, 210, 250],
    ],
  ],
  [
    2,
    [
      [110, 60, 10],
      [250, 210, 160],
    ],
  ],
  [
    3,
    [
      [250, 210, 160],
      [110, 60, 10],
    ],
  ],
  [
    4,
    [
      [160, 210, 250],
      [10, 60, 110],
    ],
  ],
  [
    5,
    [
      [10, 160],
      [60, 210],
      [110, 250],
    ],
  ],
  [
    6,
    [
      [160, 10],
      [210, 60],
      [250, 110],
    ],
  ],
  [
    7,
    [
      [250, 110],
      [210, 60],
      [160, 10],
    ],
  ],
  [
    8,
    [
      [110, 250],
      [60, 210],
      [10, 160],
    ],
  ],
];

/** The level of each block, from a pixel in its middle. */
function blocksOf({ size, data }: Raster): readonly (readonly number[])[] {
  return Array.from({ length: size.height / 8 }, (_, row) =>
    Array.from(
      { length: size.width / 8 },
      (_, column) => data[((row * 8 + 4) * size.width + column * 8 + 4) * 4] ?? -1,
    ),
  );
}

/** Sniffs, decodes and lays the rows, as a request does: where the first two disagree on the size, there is a Fault. */
async function seen(file: Uint8Array): Promise<readonly (readonly number[])[]> {
  const facts = factsOf(file);
  return blocksOf(laidUpright((await decode(jpegDecoding, facts, file)).raster, facts));
}

const blocksWith = (...beforeFrame: readonly (readonly number[])[]) =>
  blocksJpeg(LEVELS, { beforeFrame: beforeFrame.flat() });

describe("the picture comes out upright, of the size that was sniffed", () => {
  test.each(SEEN)("with orientation %i, in both byte orders", async (orientation, levels) => {
    for (const little of [false, true]) {
      expect(sniff(blocksWith(exifSegment({ orientation, little })))).toMatchObject({ orientation });
      expect(await seen(blocksWith(exifSegment({ orientation, little })))).toEqual(levels);
    }
  });

  test("with the orientation of the first Exif segment that gives one", async () => {
    const xmp = segment(0xe1, [...Buffer.from("http://ns.adobe.com/xap/1.0/\0<x/>")]);
    const none = exifSegment({ orientation: 6, tag: 0x113 });
    const file = blocksWith(xmp, none, exifSegment({ orientation: 8 }), exifSegment({ orientation: 3 }));
    expect(await seen(file)).toEqual(SEEN[7]?.[1]);
  });

  test("where other tags and long values come before the orientation", async () => {
    expect(await seen(blocksWith(exifSegment({ orientation: 6, entriesBefore: 12 })))).toEqual(SEEN[5]?.[1]);
  });

  // A writer may put the values first and the directory behind them, anywhere in the segment's 64 KB.
  test("where the directory lies 5000 bytes into the segment", async () => {
    expect(await seen(blocksWith(exifSegment({ orientation: 6, directory: 5000 })))).toEqual(SEEN[5]?.[1]);
  });

  // "Tables and miscellaneous" segments may stand between the frame and the scan as well (T.81, figure B.2).
  test("where the Exif segment comes behind the frame header", async () => {
    const file = blocksJpeg(LEVELS, { behindFrame: exifSegment({ orientation: 6 }) });
    expect(await seen(file)).toEqual(SEEN[5]?.[1]);
  });
});

describe("a picture is not refused for malformed Exif, and lies as in the file", () => {
  const MALFORMED: readonly (readonly [what: string, spec: Partial<Exif>])[] = [
    ["orientation 0", { orientation: 0 }],
    ["orientation 9", { orientation: 9 }],
    ["another identifier", { identifier: [0x45, 0x78, 0x69, 0x66, 0, 1] }],
    ["neither byte order", { byteOrder: [0x58, 0x58] }],
    ["another number than 42", { magic: 43 }],
    // Its last two bytes are then the number of entries, and the true number, which follows, is the tag of the first.
    ["a directory inside the header", { directorySaid: 6, entriesSaid: 0x112, count: 6 }],
    ["a directory behind the segment", { directorySaid: 9999 }],
    ["a directory at the largest address", { directorySaid: 0xffff_ffff }],
    ["more entries than there are", { tag: 0x113, entriesSaid: 65_535 }],
  ];
  test.each(MALFORMED)("%s", async (_, spec) => {
    expect(await seen(blocksWith(exifSegment({ orientation: 6, ...spec })))).toEqual(LEVELS);
  });

  test("cut off anywhere", async () => {
    const whole = exifSegment({ orientation: 6 }).slice(4);
    for (let length = 0; length < whole.length; length++) {
      const levels = await seen(blocksWith(segment(0xe1, whole.slice(0, length))));
      expect([LEVELS, SEEN[5]?.[1]], `cut at ${length}`).toContainEqual(levels);
    }
  });
});
