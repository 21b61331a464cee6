import { describe, expect, test } from "vitest";
import { exifOf, tiffOf } from "../../src/codec/exif.ts";
import { type Exif, exif } from "../support/jpeg-bytes.ts";

const all = (content: readonly number[]) => exifOf(new DataView(Uint8Array.from(content).buffer));
const read = (content: readonly number[]) => all(content).orientation;

describe("the orientation that Exif gives", () => {
  test("is 1 to 8 in both byte orders, wherever the directory and its entry are", () => {
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
    expect(exifOf(new DataView(around.buffer, 3, content.length))).toEqual({ orientation: 8 });
  });
});

/** A directory of XResolution and, where it is given, ResolutionUnit; the fraction stands behind it. */
function resolutionTiff(fraction: readonly [number, number], unit?: number, offset?: number): Uint8Array<ArrayBuffer> {
  const entries = unit === undefined ? 1 : 2;
  const behind = 8 + 2 + entries * 12 + 4;
  const view = new DataView(new ArrayBuffer(behind + 8));
  view.setUint32(0, 0x49492a00);
  view.setUint32(4, 8, true);
  view.setUint16(8, entries, true);
  const entry = (at: number, tag: number, type: number) => {
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, 1, true);
  };
  entry(10, 282, 5);
  view.setUint32(18, offset ?? behind, true);
  if (unit !== undefined) {
    entry(22, 296, 3);
    view.setUint16(30, unit, true);
  }
  view.setUint32(behind, fraction[0], true);
  view.setUint32(behind + 4, fraction[1], true);
  return new Uint8Array(view.buffer);
}

describe("the resolution that Exif gives", () => {
  test.each([
    ["in inches", [300, 1], 2, 300],
    ["in centimetres", [1000, 10], 3, 254],
    ["without a unit, which means inches", [1445, 20], undefined, 72.25],
    ["of no unit", [300, 1], 1, undefined],
    ["of a unit that there is not", [300, 1], 4, undefined],
    ["of nothing", [0, 1], 2, undefined],
    ["of a division by nothing", [300, 0], 2, undefined],
    ["of nothing by nothing", [0, 0], 2, undefined],
  ] as const)("%s", (_, fraction, unit, dpi) => {
    const { resolution } = tiffOf(new DataView(resolutionTiff(fraction, unit).buffer));
    if (dpi === undefined) expect(resolution).toBeUndefined();
    else expect(resolution).toBeCloseTo(dpi, 9);
  });

  test.each([1000, 0xffff_ffff, 39])("is none where its fraction lies beyond the end: at %i", (offset) => {
    expect(tiffOf(new DataView(resolutionTiff([300, 1], 2, offset).buffer))).toEqual({});
  });

  test("needs the identifier in front only in a JPEG", () => {
    const tiff = resolutionTiff([300, 1], 2);
    expect(all([...tiff])).toEqual({});
    expect(all([...Buffer.from("Exif\0\0"), ...tiff])).toEqual({ resolution: 300 });
  });
});
