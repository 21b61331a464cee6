import { describe, expect, test } from "vitest";
import { sniffingOf } from "../../src/codec/sniff.ts";
import { blocksJpeg, exif, exifSegment, frame, jpegBytes, SCAN, SOI, segment } from "../support/jpeg-bytes.ts";
import { pngFile } from "../support/png-bytes.ts";
import { randomBytes } from "../support/random.ts";
import { faultOf, sniff } from "../support/sniffing.ts";
import { EXIF, vp8, vp8l, vp8x, webpOf } from "../support/webp-bytes.ts";

describe("the format is told by the first bytes alone", () => {
  test.each([
    ["nothing", [], "the object is empty"],
    ["a GIF", [...Buffer.from("GIF89a\0\0")], "it begins with 47 49 46 38 39 61 00 00"],
    ["text", [...Buffer.from("<svg xmlns='…'")], 'it begins with "<svg xml" (3c 73 76 67 20 78 6d 6c)'],
    ["a single byte", [0xff], "it begins with ff"],
    [
      "a RIFF file of another kind",
      [...Buffer.from("RIFF\x10\0\0\0WAVEfmt ")],
      "it begins with 52 49 46 46 10 00 00 00",
    ],
    ["half a WebP's beginning", [...Buffer.from("RIFF\x10\0\0\0WEB")], "it begins with 52 49 46 46 10 00 00 00"],
    ["half a JPEG's beginning", [0xff, 0xd8], "it begins with ff d8"],
    [
      "a PNG that went through a text filter",
      [0x89, 0x50, 0x4e, 0x47, 0x0a, 0x1a, 0x0a],
      "it begins with 89 50 4e 47 0a 1a 0a",
    ],
  ])("%s is no known format, and the fault says what is there", (_, bytes, detail) => {
    expect(faultOf(() => sniffingOf(Uint8Array.from(bytes)))).toEqual({ code: "sourceFormat", detail });
  });

  test("a JPEG, a PNG and a WebP are known by theirs", () => {
    expect(sniff(blocksJpeg([[1, 2, 3]]))).toEqual({
      format: "jpeg",
      orientation: 1,
      size: { width: 24, height: 8 },
      alpha: false,
      jpeg: { wholeFile: false, sampling: [{ across: 1, down: 1 }] },
    });
    const png = pngFile({ width: 5, height: 3, depth: 8, colourType: 6, samples: () => [1, 2, 3, 4] });
    expect(sniff(webpOf([vp8(5, 3)]))).toMatchObject({ format: "webp", size: { width: 5, height: 3 } });
    expect(sniff(png)).toEqual({
      format: "png",
      orientation: 1,
      size: { width: 5, height: 3 },
      alpha: true,
      png: { colourType: 6, depth: 8, interlaced: false },
    });
  });
});

/** As many bytes as tell the format. */
function tellingBytes(file: Uint8Array): number {
  if (file[0] === 0xff) return 3;
  return file[0] === 0x89 ? 8 : 12;
}

const grey = { depth: 8, colourType: 0 } as const;
const FILES: readonly (readonly [what: string, file: Uint8Array])[] = [
  ["a JPEG", blocksJpeg([[10, 20]])],
  ["a JPEG on its side", blocksJpeg([[10, 20]], { beforeFrame: exifSegment({ orientation: 6, entriesBefore: 2 }) })],
  [
    "a JPEG with fill bytes, comments and application segments",
    blocksJpeg([[10, 20]], {
      beforeFrame: [
        ...segment(0xe0, new Array(14).fill(1)),
        0xff,
        0xff,
        ...segment(0xfe, [1, 2]),
        ...segment(0xe2, [0xff, 0xd8]),
      ],
    }),
  ],
  [
    "a progressive JPEG's header",
    jpegBytes(
      SOI,
      frame({ marker: 0xc2, width: 300, height: 200, components: 3 }),
      segment(0xda, [1, 1, 0, 0, 0, 0]),
      [0, 0],
    ),
  ],
  ["a PNG with alpha", pngFile({ width: 3, height: 2, depth: 8, colourType: 6, samples: () => [9, 8, 7, 6] })],
  ["a PNG without", pngFile({ width: 3, height: 2, ...grey, samples: () => [9] })],
  [
    "a PNG that is transparent by tRNS, behind other chunks",
    pngFile({
      width: 3,
      height: 2,
      ...grey,
      samples: () => [9],
      before: [
        ["gAMA", Uint8Array.of(0, 0, 1, 0)],
        ["tRNS", Uint8Array.of(0, 9)],
      ],
    }),
  ],
  ["a lossy WebP", webpOf([vp8(30, 20)])],
  ["a lossless WebP", webpOf([vp8l(30, 20, { alpha: true })])],
  [
    "a WebP on its side",
    webpOf([
      vp8x(EXIF, 30, 20),
      ["ICCP", [1, 2, 3]],
      vp8(30, 20),
      ["EXIF", exif({ orientation: 6 })],
      ["XMP ", [1, 2, 3]],
    ]),
  ],
];

describe("a header that is cut off anywhere", () => {
  test.each(FILES)("never gives wrong facts: %s", (_, file) => {
    const facts = sniff(file);
    expect(facts).toHaveProperty("size");
    let complete = 0;
    for (let length = 0; length < file.length; length++) {
      const cut = file.subarray(0, length);
      if (length < tellingBytes(file)) {
        expect(faultOf(() => sniff(cut)).code).toBe("sourceFormat");
        continue;
      }
      const sniffed = sniff(cut);
      if (sniffed === "wants more") {
        expect(complete, `facts at ${complete} bytes, none at ${length}`).toBe(0);
      } else {
        expect(sniffed, `cut at ${length}`).toEqual(facts);
        complete ||= length;
      }
    }
    expect(complete, "the last bytes of the file are not needed").toBeGreaterThan(0);
  });
});

describe("a header with any byte changed", () => {
  test.each(FILES)("ends in facts, a fault, or the wish for more: %s", (_, file) => {
    for (let at = 0; at < file.length; at++) {
      for (const value of [0x00, 0x01, 0x7f, 0x80, 0xd8, 0xda, 0xe1, 0xff]) {
        const changed = file.slice();
        changed[at] = value;
        let outcome: unknown;
        try {
          outcome = sniff(changed);
        } catch (cause) {
          // Throws on what is no fault.
          outcome = faultOf(() => {
            throw cause;
          });
        }
        expect(outcome, `byte ${at} = ${value}`).toBeDefined();
      }
    }
  });

  test("or made of noise behind its first bytes, ends likewise", () => {
    // Bytes that mean something to a sniffer, so that noise often gets far.
    const alphabet = [0xff, 0xff, 0xc0, 0xe1, 0x00, 0x02, 0x08, 0x01, 0x03];
    let [facts, faults, more] = [0, 0, 0];
    for (let seed = 0; seed < 5000; seed++) {
      // Up to a dozen of them, in front of a frame that a few lead to.
      const noise = [...randomBytes(seed % 13, seed)].map((byte) => alphabet[byte % alphabet.length] ?? 0);
      try {
        if (sniff(jpegBytes(SOI, [0xff], noise, frame({ width: 3, height: 2 }), SCAN)) === "wants more") more++;
        else facts++;
      } catch (cause) {
        faultOf(() => {
          throw cause;
        });
        faults++;
      }
    }
    expect(Math.min(facts, faults, more), "each of the three happens").toBeGreaterThan(0);
  });
});
