import jpeg from "jpeg-js";
import { beforeAll, describe, expect, test } from "vitest";
import type { Raster } from "../../src/pixels/raster.ts";
import { readPng } from "../support/charts.ts";
import { type Counted, countedSources } from "../support/doubles.ts";
import { pictureSpec } from "../support/jpeg-pictures.ts";
import { SIMPLE_PROGRESSION } from "../support/jpeg-scripts.ts";
import { writeJpeg } from "../support/jpeg-writer.ts";
import { noise } from "../support/pictures.ts";
import { ask, buckets, site } from "../support/site.ts";

/** Every part of it takes about as many bytes as every other. */
const SIZE = { width: 512, height: 2048 };
const PIECE = 8192;
/** What the decoder keeps ahead of itself, what is read of a source at once, and a piece that is on its way. */
const AHEAD = 32_768 + 65_536 + PIECE;

let bytes = 0;
let whole: Raster;

interface Seen extends Counted {
  readonly picture: Raster;
}

async function seen(path: string): Promise<Seen> {
  const counted: Counted = { bodies: 0, bytes: 0, cancelled: false };
  const reply = await ask(path, {}, site({}, { sources: countedSources(buckets.SOURCES, PIECE, counted) }));
  const body = new Uint8Array(await reply.arrayBuffer());
  if (reply.status !== 200) throw new Error(new TextDecoder().decode(body));
  expect(reply.headers.get("X-Fixative-Warning")).toBeNull();
  expect(counted.bodies).toBe(1);
  return { ...counted, picture: readPng(body) };
}

/** Rows of the whole picture, as it is served without anything being left unread. */
function rowsOfWhole(from: number, rows: number): Raster {
  const bytesOfRow = SIZE.width * 4;
  return {
    size: { width: SIZE.width, height: rows },
    data: whole.data.slice(from * bytesOfRow, (from + rows) * bytesOfRow),
  };
}

beforeAll(async () => {
  const { size, data } = noise(SIZE, 1, true);
  const file = jpeg.encode({ ...size, data }, 90).data;
  bytes = file.length;
  await buckets.SOURCES.put("tall.jpg", file);
  whole = (await seen("tall?fmt=png")).picture;
});

describe("of a baseline JPEG", () => {
  /** The part of the file that is read down to the end of this row, at most. */
  const upTo = (row: number) => (bytes * row) / SIZE.height + AHEAD;

  test("a tile at its top is made of the first bytes alone, and the stream is cancelled", async () => {
    const { picture, ...read } = await seen("tall?fit=crop&wid=512&hei=64&align=0,-1&fmt=png");
    expect(picture).toEqual(rowsOfWhole(0, 64));
    // A row of MCUs more, in case that the last one is needed as a whole.
    expect(read.bytes).toBeLessThan(upTo(64 + 16));
    expect(read.bytes).toBeLessThan(bytes / 8);
    expect(read.cancelled).toBe(true);
  });

  test("a tile in its middle is made of what stands before its end", async () => {
    const { picture, ...read } = await seen("tall?fit=crop&wid=512&hei=64&fmt=png");
    expect(picture).toEqual(rowsOfWhole(992, 64));
    expect(read.bytes).toBeGreaterThan(bytes / 2);
    expect(read.bytes).toBeLessThan(upTo(1056 + 16));
    expect(read.cancelled).toBe(true);
  });

  test("a tile at its bottom is made of all of it", async () => {
    const { picture, ...read } = await seen("tall?fit=crop&wid=512&hei=64&align=0,1&fmt=png");
    expect(picture).toEqual(rowsOfWhole(1984, 64));
    expect(read.bytes).toBeGreaterThan(bytes - AHEAD);
  });

  test("a tile that is shrunk is made of the rows that it shrinks, and of those that its filter sees", async () => {
    const { picture, ...read } = await seen("tall?fit=crop&wid=128&hei=16&align=0,-1&fmt=png");
    expect(picture.size).toEqual({ width: 128, height: 16 });
    // A quarter of the size: 64 rows; the widest filter sees three of the picture's rows beyond.
    expect(read.bytes).toBeLessThan(upTo((16 + 3) * 4 + 16));
    expect(read.cancelled).toBe(true);
  });
});

test("of a progressive JPEG every byte is read, for a tile at its top as well", async () => {
  const spec = pictureSpec({ size: { width: 96, height: 320 }, marker: 0xc2, scans: SIMPLE_PROGRESSION, step: 1 });
  const file = writeJpeg(spec);
  expect(file.length).toBeGreaterThan(2 * PIECE);
  await buckets.SOURCES.put("progressive.jpg", file);
  const { picture, ...read } = await seen("progressive?fit=crop&wid=96&hei=16&align=0,-1&fmt=png");
  expect(picture.size).toEqual({ width: 96, height: 16 });
  expect(read.bytes).toBe(file.length);
});

test.each([
  ["in its first window", { width: 40, height: 64 }],
  ["far behind it", { width: 256, height: 400 }],
])("of a JPEG that tells its height behind its scan, it is found there: %s", async (where, size) => {
  const spec = pictureSpec({ size, step: 1 });
  const file = writeJpeg({ ...spec, heightBehind: true });
  expect(file.length > 65_536).toBe(where === "far behind it");
  await buckets.SOURCES.put("height-behind.jpg", file);
  await buckets.SOURCES.put("height-before.jpg", writeJpeg(spec));
  const { picture } = await seen("height-behind?fmt=png");
  expect(picture).toEqual((await seen("height-before?fmt=png")).picture);
});
