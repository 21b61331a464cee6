import { describe, expect, test } from "vitest";
import { exifOrientation } from "../../src/codec/exif.ts";
import { type Exif, exif } from "../support/jpeg-bytes.ts";

const read = (content: readonly number[]) => exifOrientation(new DataView(Uint8Array.from(content).buffer));

describe("exifOrientation", () => {
  test("reads 1 to 8 in both byte orders, wherever the directory and its entry are", () => {
    for (const little of [false, true]) {
      for (let orientation = 1; orientation <= 8; orientation++) {
        for (const entriesBefore of [0, 1, 40]) {
          for (const directory of [8, 9, 500]) {
            expect(read(exif({ orientation, little, entriesBefore, directory }))).toBe(orientation);
          }
        }
      }
    }
  });

  test("reads no other values", () => {
    for (const orientation of [0, 9, 255, 256, 0x0600, 65_535]) {
      for (const little of [false, true]) expect(read(exif({ orientation, little }))).toBeUndefined();
    }
  });

  const MALFORMED: readonly (readonly [what: string, spec: Partial<Exif>])[] = [
    ["the identifier is XMP's", { identifier: [...Buffer.from("http:/")] }],
    ["the identifier does not end in two zeros", { identifier: [0x45, 0x78, 0x69, 0x66, 0, 1] }],
    ["the byte order is neither", { byteOrder: [0x49, 0x4d] }],
    ["the byte order is missing", { byteOrder: [0, 0] }],
    ["the number behind the byte order is not 42", { magic: 43 }],
    // Its last two bytes are then the number of entries, and the true number, which follows, is the tag of the first.
    ["the directory lies inside the header", { directorySaid: 6, entriesSaid: 0x112, count: 6 }],
    ["the directory lies behind the segment", { directorySaid: 10_000 }],
    ["the directory lies at the largest address there is", { directorySaid: 0xffff_ffff }],
    ["the directory has no entries", { entriesSaid: 0 }],
    ["the directory has no such entry", { tag: 0x0113 }],
    ["the directory has no such entry, and claims more than there are", { tag: 0x0113, entriesSaid: 65_535 }],
  ];
  test.each(MALFORMED)("gives none where %s", (_, spec) => {
    for (const little of [false, true]) expect(read(exif({ orientation: 6, little, ...spec }))).toBeUndefined();
  });

  test("gives none, or the right one, wherever the segment is cut off", () => {
    for (const little of [false, true]) {
      const whole = exif({ orientation: 6, little, entriesBefore: 2 });
      for (let length = 0; length < whole.length; length++) {
        expect([undefined, 6], `cut at ${length}`).toContain(read(whole.slice(0, length)));
      }
    }
  });

  test("reads a segment in the middle of a larger buffer", () => {
    const content = exif({ orientation: 8 });
    const around = Uint8Array.of(0xee, 0xee, 0xee, ...content, 0xee, 0xee);
    expect(exifOrientation(new DataView(around.buffer, 3, content.length))).toBe(8);
  });
});
