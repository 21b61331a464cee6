import { transformUrl } from "unpic";
import { generate, transform } from "unpic/providers/scene7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pictureSize } from "../../scripts/local/picture-size.ts";
import type { LocalWorker } from "../../scripts/local/worker.ts";
import { ask } from "../support/ask.ts";
import { startBundled } from "../support/local.ts";
import { jpegFile, pngFile, testPattern } from "../support/pixels.ts";

/** URLs as others write them: unpic is what component libraries for React, Vue, Svelte and Astro make `srcset` with. */
const HOST = "https://s7d1.scene7.com";

const PICTURES = {
  "landscape.png": { width: 160, height: 90 },
  "portrait.jpg": { width: 90, height: 160 },
  "company/square.png": { width: 64, height: 64 },
  "panorama.jpg": { width: 200, height: 20 },
} as const;

/** Whole, halves that unpic rounds, larger than the picture, one dimension alone. */
const SIZES = [
  { width: 16 },
  { height: 20 },
  { width: 64, height: 64 },
  { width: 100, height: 25 },
  { width: 33.5, height: 20.4 },
  { width: 320, height: 240 },
  { width: 640 },
  { height: 480 },
  { width: 1, height: 1 },
] as const;

const MIMES = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", webp: "image/webp" } as const;

/** What is asked of the Worker for a URL of another host: path and query, byte for byte. */
const pathOf = (url: string) => url.slice(HOST.length);

let worker: LocalWorker;
beforeAll(async () => {
  worker = await startBundled({ vars: { ErrorDetail: "2", Macros: '{"pdp":"wid=30&hei=30&fmt=png"}' } });
  for (const [key, { width, height }] of Object.entries(PICTURES)) {
    const pattern = testPattern(width, height);
    await worker.sources.put(key, key.endsWith(".png") ? pngFile(pattern) : jpegFile(pattern));
  }
});
afterAll(() => worker?.stop());

async function pictureOf(
  url: string,
): Promise<{ readonly type: string; readonly width: number; readonly height: number }> {
  expect(url.startsWith(`${HOST}/is/image/`)).toBe(true);
  const { status, headers, body } = await ask(worker.url, pathOf(url));
  expect([url, status, status === 200 ? "" : body.toString()]).toEqual([url, 200, ""]);
  return { type: headers["content-type"] ?? "", ...pictureSize(body) };
}

/**
 * The size that was asked for. Of one dimension the other follows from the picture, which is not enlarged. Source: protocol.md 5.6
 * and A-01.
 */
function sizeAsked(
  { width, height }: { readonly width?: number; readonly height?: number },
  key: keyof typeof PICTURES,
) {
  const picture = PICTURES[key];
  const across = width === undefined ? 1 : Math.round(width) / picture.width;
  const down = height === undefined ? 1 : Math.round(height) / picture.height;
  const scale = Math.min(1, across, down);
  const derived = (length: number) => Math.max(1, Math.round(length * scale));
  return {
    width: width === undefined ? derived(picture.width) : Math.round(width),
    height: height === undefined ? derived(picture.height) : Math.round(height),
  };
}

describe.each(Object.keys(PICTURES) as (keyof typeof PICTURES)[])("unpic's URLs of %s", (key) => {
  test.each(SIZES)("give a picture of the size asked for: %j", async (size) => {
    const url = transformUrl({ url: `${HOST}/is/image/${key}`, ...size });
    expect(await pictureOf(String(url))).toEqual({ type: "image/jpeg", ...sizeAsked(size, key) });
  });

  test.each(Object.entries(MIMES))("give the format asked for: %s", async (format, type) => {
    const url = transformUrl({ url: `${HOST}/is/image/${key}`, width: 48, height: 32, format, quality: 70 });
    expect(await pictureOf(String(url))).toEqual({ type, width: 48, height: 32 });
  });
});

test("What unpic knows of the protocol besides is understood as it writes it.", async () => {
  const url = generate("company/square.png", {
    ...{ width: 40, height: 30, format: "png-alpha", fit: "constrain,1", op_usm: "1,1,0,0" },
    ...{ rotate: 90, opac: 50, crop: "0,0,64,32", bgColor: "ffffff" },
  });
  // 64 × 32, turned, into 40 × 30.
  expect(await pictureOf(url)).toEqual({ type: "image/png", width: 15, height: 30 });
});

test("A preset is still one when unpic has taken the URL apart and written it again, as %24pdp%24=.", async () => {
  const url = transform(`${HOST}/is/image/landscape.png?$pdp$`, { width: 20 });
  expect(url).toContain("%24pdp%24=");
  expect(await pictureOf(url)).toEqual({ type: "image/png", width: 20, height: 30 });
});

test("A format that is not built is refused by its name, never answered as another one.", async () => {
  const url = transformUrl({ url: `${HOST}/is/image/landscape.png`, width: 48, format: "avif" });
  const { status, body } = await ask(worker.url, pathOf(String(url)));
  expect([status, body.toString()]).toEqual([403, expect.stringContaining("fmt=avif")]);
});
