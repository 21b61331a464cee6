import { describe, expect, test } from "vitest";
import { type JpegHeader, readHeader } from "../../../src/codec/jpeg/header.ts";
import { StretchReader } from "../../../src/codec/jpeg/stretch-reader.ts";
import type { Wanted } from "../../../src/codec/sniffing.ts";
import { exifSegment, segment } from "../../support/jpeg-bytes.ts";
import { type PictureSpec, pictureSpec } from "../../support/jpeg-pictures.ts";
import { SIMPLE_PROGRESSION } from "../../support/jpeg-scripts.ts";
import { adobe, comment, JFIF, writeJpeg } from "../../support/jpeg-writer.ts";
import { randomBytes, randomNumbers } from "../../support/random.ts";

interface ReadThrough<Result> {
  readonly result: Result;
  /** The bytes behind the last stretch: those that the reader gave back, and those that were not pushed yet. */
  readonly rest: Uint8Array;
  /** Bytes of the buffer in which the reader keeps what it has. */
  readonly kept: number;
}

/** Pushes chunks of these lengths in turn, each spoilt afterwards. */
function readThrough<Result extends object>(
  reading: Generator<Wanted, Result, DataView>,
  file: Uint8Array,
  chunks: readonly number[],
): ReadThrough<Result> | undefined {
  const reader = new StretchReader(reading);
  for (let at = 0, turn = 0; at < file.length; turn++) {
    const chunk = file.slice(at, at + (chunks[turn % chunks.length] ?? 1));
    at += chunk.length;
    const read = reader.push(chunk);
    chunk.fill(0xee);
    if (read !== undefined) {
      const rest = Uint8Array.from(Buffer.concat([read.rest, file.subarray(at)]));
      return { result: read.result, rest, kept: read.rest.buffer.byteLength };
    }
  }
  return undefined;
}

/** Notes what it is given, and gives it back as its result. */
function* noting(stretches: readonly Wanted[]): Generator<Wanted, readonly (readonly number[])[], DataView> {
  const seen: (readonly number[])[] = [];
  for (const stretch of stretches) {
    const given = yield stretch;
    seen.push(Array.from({ length: given.byteLength }, (_, at) => given.getUint8(at)));
  }
  return seen;
}

const CHUNKINGS = [[1], [2], [3, 1], [7, 0, 100], [64], [1000], [1_000_000]];

describe("any reading is given the stretches that it wants", () => {
  const file = randomBytes(2000, 7);
  const expected = (stretches: readonly Wanted[]) =>
    stretches.map(({ at, length }) => [...file.subarray(at, at + length)]);
  const behind = (stretches: readonly Wanted[]) => {
    const { at, length } = stretches.at(-1) ?? { at: 0, length: 0 };
    return file.subarray(at + length);
  };

  const READINGS: readonly (readonly [what: string, stretches: readonly Wanted[]])[] = [
    ["one after the other", [stretch(0, 10), stretch(10, 5), stretch(15, 300)]],
    ["with gaps", [stretch(3, 10), stretch(500, 5), stretch(1500, 1)]],
    ["overlapping", [stretch(0, 100), stretch(50, 100), stretch(60, 5), stretch(60, 500)]],
    ["the same again", [stretch(20, 30), stretch(20, 30), stretch(20, 31), stretch(20, 2)]],
    ["inside of each other", [stretch(0, 1000), stretch(1, 998), stretch(500, 10)]],
    ["empty ones", [stretch(0, 0), stretch(5, 0), stretch(5, 3), stretch(8, 0), stretch(300, 0)]],
    ["the whole file", [stretch(0, 2000)]],
    ["its last byte", [stretch(1999, 1)]],
  ];

  test.each(READINGS)("%s, whatever the chunks", (_, stretches) => {
    for (const chunks of CHUNKINGS) {
      const read = readThrough(noting(stretches), file, chunks);
      expect(read?.result).toEqual(expected(stretches));
      expect(Buffer.compare(read?.rest ?? new Uint8Array(), behind(stretches)), `chunks of ${chunks}`).toBe(0);
    }
  });

  test("of any kind, with any chunks", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const next = randomNumbers(seed);
      const upTo = (most: number) => Math.floor(next() * (most + 1));
      let at = 0;
      const stretches = Array.from({ length: 1 + upTo(8) }, () => {
        at = Math.min(1500, at + (next() < 0.3 ? 0 : upTo(300)));
        return stretch(at, upTo(400));
      });
      const chunks = Array.from({ length: 5 }, () => 1 + upTo([3, 50, 700][upTo(2)] ?? 1));
      const read = readThrough(noting(stretches), file, chunks);
      expect(read?.result, `seed ${seed}`).toEqual(expected(stretches));
      expect(Buffer.compare(read?.rest ?? new Uint8Array(), behind(stretches)), `seed ${seed}`).toBe(0);
    }
  });

  test("and nothing comes of a file that ends before", () => {
    for (const chunks of CHUNKINGS) expect(readThrough(noting([stretch(1990, 11)]), file, chunks)).toBeUndefined();
    expect(readThrough(noting([stretch(2000, 1)]), file, [10])).toBeUndefined();
  });

  test("what a reading throws is thrown by the push that completes its stretch", () => {
    const reader = new StretchReader(
      (function* (): Generator<Wanted, object, DataView> {
        yield stretch(0, 5);
        throw new Error("no");
      })(),
    );
    expect(reader.push(file.subarray(0, 4))).toBeUndefined();
    expect(() => reader.push(file.subarray(4, 5))).toThrow("no");
  });
});

function stretch(at: number, length: number): Wanted {
  return { at, length };
}

describe("a JPEG's header", () => {
  const COLOUR = [0, 1, 2];
  const FILES: readonly (readonly [what: string, spec: PictureSpec])[] = [
    ["baseline", { beforeFrame: JFIF }],
    ["of a gray picture", { sampling: "1x1" }],
    ["of four components", { sampling: "2x2,1x1,1x1,2x2", beforeFrame: adobe(2) }],
    ["progressive", { marker: 0xc2, scans: SIMPLE_PROGRESSION }],
    [
      "with tables in one segment, fill bytes, restarts",
      { together: true, fill: 3, scans: [{ of: COLOUR, restartInterval: 2 }] },
    ],
    ["with Exif and long segments", { beforeFrame: [...exifSegment({ orientation: 6 }), ...comment(3000)] }],
    ["with segments behind the frame", { behindFrame: [...comment(500), ...adobe(0)] }],
  ];

  const plain = ({ tables, ...header }: JpegHeader) => ({
    ...header,
    tables: { ...tables, dc: tables.dc.map(plainCodes), ac: tables.ac.map(plainCodes) },
  });
  const plainCodes = (codes: JpegHeader["tables"]["dc"][number]) =>
    codes && { counts: [...codes.counts], symbols: [...codes.symbols] };

  test.each(FILES)("%s, is the same from any chunks, with its compressed bytes behind it", (_, spec) => {
    const file = writeJpeg(pictureSpec(spec));
    const whole = readThrough(readHeader(), file, [file.length]);
    if (whole === undefined) throw new Error("the file is complete");
    const { dataAt } = whole.result;
    expect(whole.rest).toEqual(file.subarray(dataAt));
    // What stands before the first coded byte ends with the scan header: SS, SE, AH and AL.
    expect([...file.subarray(dataAt - 3, dataAt)]).toEqual(spec.marker === 0xc2 ? [0, 0, 1] : [0, 63, 0]);
    for (const chunks of CHUNKINGS) {
      const read = readThrough(readHeader(), file, chunks);
      expect(read && plain(read.result)).toEqual(plain(whole.result));
      expect(Buffer.compare(read?.rest ?? new Uint8Array(), whole.rest)).toBe(0);
    }
  });

  test("is read without holding the segments that say nothing", () => {
    const megabytes = Array.from({ length: 64 }, () => segment(0xe2, new Array(65_533).fill(0x20))).flat();
    const file = writeJpeg(pictureSpec({ beforeFrame: megabytes }));
    const read = readThrough(readHeader(), file, [1000]);
    expect(read?.result.frame.components.length).toBe(3);
    expect(file.length).toBeGreaterThan(4_000_000);
    // A chunk, and the longest of the segments that are read, with room to grow.
    expect(read?.kept).toBeLessThan(8_000);
  });

  test("holds a segment that is read as a whole, and no more than that and a chunk", () => {
    const exif = exifSegment({ orientation: 8, directory: 60_000 });
    const file = writeJpeg(pictureSpec({ beforeFrame: [...exif, ...exif, ...exif, ...exif, ...exif] }));
    const read = readThrough(readHeader(), file, [1000]);
    expect(read?.result.orientation).toBe(8);
    expect(read?.kept).toBeLessThan(2 * 65_536);
  });
});
