import { crc32 } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LOCAL_VARS, type LocalWorker } from "../../scripts/local/worker.ts";
import { ask } from "../support/ask.ts";
import { contentsOf, SAVE_PATH, startBundled } from "../support/local.ts";
import { jpegFile, pngFile, pngPixels, testPattern } from "../support/pixels.ts";
import { answerOf, doneOf, refusedOf, refusedPictureOf, savePath } from "../support/save.ts";

const PATTERN = testPattern(80, 60);
const PNG = pngFile(PATTERN);
const JPEG = jpegFile(PATTERN);

/** A copy of a file with some bytes written over. */
function overwritten(file: Buffer, at: number, ...bytes: readonly number[]): Buffer {
  const copy = Buffer.from(file);
  copy.set(bytes, at);
  return copy;
}

/** A copy of the PNG whose header has some bytes written over, and a checksum that is right all the same. */
function withHeader(at: number, ...bytes: readonly number[]): Buffer {
  const copy = overwritten(PNG, chunkAt("IHDR") + at, ...bytes);
  const content = chunkAt("IHDR");
  copy.writeUInt32BE(crc32(copy.subarray(content - 4, content + 13)), content + 13);
  return copy;
}

/** Where the content of a PNG's chunk begins. */
const chunkAt = (type: string) => PNG.indexOf(type, 0, "latin1") + 4;
/** Where the segment of a JPEG's marker begins: at its length. */
const segmentAt = (marker: number) => JPEG.indexOf(Buffer.of(0xff, marker)) + 2;
/** Stored without compression, so that a changed byte is a changed sample and nothing else. */
const STORED = pngFile(PATTERN, 0);
const [DHT, SOF0, DQT, SOS] = [0xc4, 0xc0, 0xdb, 0xda];

/** What an object of SOURCES may hold that is no whole picture, and what is to be said about it. */
const DAMAGED: readonly (readonly [what: string, file: Buffer, error: string, says: string])[] = [
  ["an empty object", Buffer.alloc(0), "sourceFormat", "the object is empty"],
  ["a single byte", Buffer.of(0xff), "sourceFormat", "begins with ff"],
  ["a text", Buffer.from("hello, I am no picture"), "sourceFormat", '"hello, I"'],
  ["a GIF", Buffer.from("GIF89a and so on"), "sourceFormat", '"GIF89a a"'],
  ["a JPEG with impossible Huffman tables", overwritten(JPEG, segmentAt(DHT) + 3, 255, 255), "sourceBroken", "damaged"],
  ["a JPEG without its quantisation tables", overwritten(JPEG, segmentAt(DQT) - 1, 0xfe), "sourceBroken", "damaged"],
  ["a JPEG cut off in its header", JPEG.subarray(0, segmentAt(SOF0) + 3), "sourceBroken", "its header does not end"],
  ["a JPEG that ends before its scan", JPEG.subarray(0, segmentAt(SOS) - 2), "sourceBroken", "damaged"],
  ["a JPEG of no width", overwritten(JPEG, segmentAt(SOF0) + 5, 0, 0), "sourceBroken", "a width of 0"],
  ["a JPEG of no components", overwritten(JPEG, segmentAt(SOF0) + 7, 0), "sourceUnsupported", "0 components"],
  ["a JPEG of 12 bits", overwritten(JPEG, segmentAt(SOF0) + 2, 12), "sourceUnsupported", "12 bits"],
  ["an arithmetic-coded JPEG", overwritten(JPEG, segmentAt(SOF0) - 1, 0xc9), "sourceUnsupported", "arithmetic"],
  [
    "a JPEG that claims 65535 × 65535 pixels",
    overwritten(JPEG, segmentAt(SOF0) + 3, 255, 255, 255, 255),
    "sourceTooLarge",
    "65535 × 65535",
  ],
  ["a PNG whose compressed data are damaged", overwritten(PNG, chunkAt("IDAT"), 0, 0, 0), "sourceBroken", "damaged"],
  ["a PNG cut off in its data", PNG.subarray(0, chunkAt("IDAT") + 40), "sourceBroken", "damaged"],
  ["a PNG cut off in its header", PNG.subarray(0, 20), "sourceBroken", "its header does not end"],
  [
    "a PNG with a sample changed",
    overwritten(STORED, STORED.indexOf("IDAT") + 100, 0x5a),
    "sourceBroken",
    "a wrong checksum: IDAT at byte 33",
  ],
  ["a PNG without data", Buffer.concat([PNG.subarray(0, 33), PNG.subarray(-12)]), "sourceBroken", "damaged"],
  ["a PNG of colour type 5", withHeader(9, 5), "sourceBroken", "colour type 5"],
  ["a PNG of no height", withHeader(4, 0, 0, 0, 0), "sourceBroken", "80 × 0"],
  [
    "a PNG with another header than its checksum is of",
    overwritten(PNG, chunkAt("IHDR") + 4, 0, 0, 1, 0),
    "sourceBroken",
    "a wrong checksum: IHDR at byte 8",
  ],
  ["a PNG that claims 2147483647 rows", withHeader(4, 0x7f, 255, 255, 255), "sourceTooLarge", "80 × 2147483647"],
];

const JPEG_FLAW = "the JPEG is damaged, or parts of it are missing";
/** What is damaged, or cut off, behind its header: of these a picture is made, with a warning. */
const FLAWED: readonly (readonly [what: string, file: Buffer, warning: string])[] = [
  ["a JPEG cut off in its scan", JPEG.subarray(0, (segmentAt(SOS) + JPEG.length) / 2), JPEG_FLAW],
  ["a JPEG that ends with the header of its scan", JPEG.subarray(0, segmentAt(SOS) + 12), JPEG_FLAW],
  ["a JPEG with a second picture in its scan", Buffer.concat([JPEG.subarray(0, JPEG.length / 2), JPEG]), JPEG_FLAW],
  ["a JPEG that claims more rows than it has", overwritten(JPEG, segmentAt(SOF0) + 3, 1, 0), JPEG_FLAW],
  // What is missing besides IEND and two checksums is a little more than three rows of 321 bytes.
  ["a PNG cut off in its last rows", STORED.subarray(0, STORED.length - 1000), "the PNG ends after 56 of 60 rows"],
  ["a PNG cut off before its end", PNG.subarray(0, -12), "the PNG ends without an end"],
  ["a PNG that claims more rows than it has", withHeader(4, 0, 0, 1, 0), "the PNG ends after 60 of 256 rows"],
];

let worker: LocalWorker;
let before: ReadonlyMap<string, string>;
beforeAll(async () => {
  worker = await startBundled({ vars: LOCAL_VARS });
  await worker.saves.put(`${SAVE_PATH}/`, "");
  await worker.saves.put(`${SAVE_PATH}/old.jpg`, "what was there before");
});
beforeEach(async () => {
  before = await contentsOf(worker.saves);
});
afterAll(() => worker?.stop());

describe.each(DAMAGED)("of %s", (_what, file, error, says) => {
  beforeAll(async () => {
    // The name says nothing: what a file is, its content decides.
    await worker.sources.put("damaged.jpg", file);
  });
  afterEach(async () => {
    expect(await contentsOf(worker.saves)).toEqual(before);
  });

  test.each(["GET", "POST"])("A picture is refused, saying what is wrong with it, by %s.", async (method) => {
    expect(refusedPictureOf(await ask(worker.url, "/is/image/damaged?wid=40", { method }))).toContain(says);
  });

  test.each(["GET", "POST"])(
    "A save is refused for the same, and what was there before stays, by %s.",
    async (method) => {
      const refused = refusedOf(await ask(worker.url, savePath("damaged", "wid=40", "old.jpg"), { method }));
      expect(refused.error).toBe(error);
      expect(refused.message).toContain(says);
    },
  );
});

describe.each(FLAWED)("of %s", (_what, file, says) => {
  beforeAll(async () => {
    await worker.sources.put("damaged.jpg", file);
  });

  test.each(["GET", "POST"])("A picture is made, with a warning in its header, by %s.", async (method) => {
    const { status, headers, body } = await ask(worker.url, "/is/image/damaged?wid=40&fmt=png", { method });
    expect([status, headers["x-fixative-warning"]]).toEqual([200, says]);
    expect(pngPixels(body).width).toBe(40);
  });

  test.each(["GET", "POST"])("A save is done, and its answer has the warning, by %s.", async (method) => {
    const name = `${method}.png`;
    const answer = answerOf(await ask(worker.url, savePath("damaged", "wid=40", name), { method }));
    expect(answer).toMatchObject({ status: "done", width: 40, warning: says });
    await worker.saves.delete(`${SAVE_PATH}/${name}`);
  });
});

test("An object that is not there is refused as picture and as save, naming the keys that were tried.", async () => {
  const said = [refusedPictureOf(await ask(worker.url, "/is/image/none?wid=40"))];
  const refused = refusedOf(await ask(worker.url, savePath("none", "wid=40", "old.jpg")));
  expect(refused.error).toBe("sourceMissing");
  for (const message of [...said, refused.message])
    expect(message).toMatch(/\bnone\b.*\bnone\.jpg\b.*\bnone\.jpeg\b.*\bnone\.png\b/);
  expect(await contentsOf(worker.saves)).toEqual(before);
});

test("After all of them a good picture still comes out right.", async () => {
  await worker.sources.put("good.png", PNG);
  const { width, height } = doneOf(await ask(worker.url, savePath("good", "wid=40", "good.png")));
  expect([width, height]).toEqual([40, 30]);
});
