import { decode as readFast } from "fast-png";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { distance, pixelAt, pngOf, quarters, readJpeg, readPng } from "../support/charts.ts";
import { picture } from "../support/pictures.ts";
import { ask, buckets, properties } from "../support/site.ts";

async function got(path: string): Promise<{ readonly mime: string | null; readonly file: Uint8Array }> {
  const reply = await ask(path);
  expect(reply.status).toBe(200);
  return { mime: reply.headers.get("Content-Type"), file: new Uint8Array(await reply.arrayBuffer()) };
}

const letters = (file: Uint8Array, from: number, to: number) => String.fromCharCode(...file.subarray(from, to));

beforeAll(async () => {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(100, 60)));
  await buckets.SOURCES.put(
    "veil.png",
    pngOf(picture({ width: 40, height: 40 }, (x) => [255, 0, 0, x < 20 ? 0 : 128])),
  );
});
beforeEach(async () => {
  await buckets.SAVES.put("renditions/", new Uint8Array());
});

describe("a WebP", () => {
  test("is made, and is a source like any other, found by its extension", async () => {
    const { mime, file } = await got("quarters?wid=50&fmt=webp&qlt=95");
    expect([mime, letters(file, 0, 4), letters(file, 8, 16)]).toEqual(["image/webp", "RIFF", "WEBPVP8 "]);
    await buckets.SOURCES.put("again.webp", file);
    const again = readPng((await got("again?fmt=png")).file);
    expect(again.size).toEqual({ width: 50, height: 30 });
    expect(distance(pixelAt(again, 10, 6), [255, 0, 0, 255])).toBeLessThan(8);
    expect(distance(pixelAt(again, 40, 6), [0, 255, 0, 255])).toBeLessThan(8);
    expect(distance(pixelAt(again, 10, 24), [0, 0, 255, 255])).toBeLessThan(8);
    expect(distance(pixelAt(again, 40, 24), [255, 255, 255, 255])).toBeLessThan(8);
  });

  test("keeps transparency in webp-alpha, and has bgc in its place without", async () => {
    await buckets.SOURCES.put("clear.webp", (await got("veil?fmt=webp-alpha,,lossless")).file);
    const clear = readPng((await got("clear?fmt=png-alpha")).file);
    expect([pixelAt(clear, 5, 5), pixelAt(clear, 30, 5)]).toEqual([
      [0, 0, 0, 0],
      [255, 0, 0, 128],
    ]);
    await buckets.SOURCES.put("flat.webp", (await got("veil?fmt=webp,,lossless&bgc=0,0,255")).file);
    const flat = readPng((await got("flat?fmt=png-alpha")).file);
    expect([pixelAt(flat, 5, 5), pixelAt(flat, 30, 5)]).toEqual([
      [0, 0, 255, 255],
      [128, 0, 127, 255],
    ]);
  });

  test("is saved by its extension", async () => {
    const reply = await ask("quarters?wid=50&req=saveToFile&name=a.webp");
    expect(await properties(reply)).toMatchObject({ status: "done" });
    const saved = await buckets.SAVES.get("renditions/a.webp");
    expect(saved?.httpMetadata?.contentType).toBe("image/webp");
    expect(letters(new Uint8Array((await saved?.arrayBuffer()) ?? []), 8, 12)).toBe("WEBP");
  });

  test("that is cut off is no picture", async () => {
    const { file } = await got("quarters?fmt=webp");
    await buckets.SOURCES.put("cut.webp", file.subarray(0, -20));
    const reply = await ask("cut?fmt=png");
    expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining("The source picture is damaged")]);
  });
});

describe("a gray picture", () => {
  test("is a PNG of one channel, or of two with alpha", async () => {
    const gray = readFast((await got("quarters?fmt=png,gray")).file);
    expect([gray.width, gray.height, gray.channels]).toEqual([100, 60, 1]);
    expect([gray.data[0], gray.data[99], gray.data[59 * 100]]).toEqual([76, 150, 29]);
    const clear = readFast((await got("veil?fmt=png-alpha,gray")).file);
    expect([clear.channels, clear.data[1], clear.data[60], clear.data[61]]).toEqual([2, 0, 76, 128]);
  });

  test("is a JPEG without colour", async () => {
    const { data } = readJpeg((await got("quarters?fmt=jpeg,gray")).file);
    expect(data.every((byte, at) => at % 4 === 3 || byte === data[at - (at % 4)])).toBe(true);
  });
});

test("printRes tags the reply, and the reply's tag is that of the next one", async () => {
  const { file } = await got("quarters?printRes=300");
  expect([...file.subarray(13, 18)]).toEqual([1, 300 >> 8, 300 & 255, 300 >> 8, 300 & 255]);
  await buckets.SOURCES.put("tagged.jpg", file);
  const { file: next } = await got("tagged?fmt=png");
  expect(letters(next, 37, 41)).toBe("pHYs");
  expect(new DataView(next.buffer).getUint32(41)).toBe(11_811);
});
