import { pngOf } from "../charts.ts";
import { pictureSpec } from "../jpeg-pictures.ts";
import { SIMPLE_PROGRESSION } from "../jpeg-scripts.ts";
import { comment, writeJpeg } from "../jpeg-writer.ts";
import { noise, ramps } from "../pictures.ts";
import { ask, buckets, site } from "../site.ts";
import { putSources } from "./faulty-sources.ts";

const SIZE = { width: 100, height: 60 };
/** Longer than the first look at a file. */
const LONG_COMMENTS = [comment(60_000), comment(60_000)].flat();
const jpeg = { size: SIZE, step: 2 };

/** Pictures of one size, each of which is read in a way of its own. */
export const SOURCE_FILES = {
  "source.png": pngOf(noise(SIZE, 1, true)),
  "baseline.jpg": writeJpeg(pictureSpec(jpeg)),
  "progressive.jpg": writeJpeg(pictureSpec({ ...jpeg, marker: 0xc2, scans: SIMPLE_PROGRESSION })),
  "long.jpg": writeJpeg(pictureSpec({ ...jpeg, beforeFrame: LONG_COMMENTS })),
  "mask.png": pngOf(ramps(SIZE)),
};

/** Every stage of a picture: two sources, of which one is read in stretches, their decoding, steps and encoding. */
export const ALL_STAGES = "long.jpg?wid=50&hei=30&fmt=png-alpha&mask=mask.png&rotate=20&op_blur=2";

/** Puts them there, and WebPs of the one that is a PNG. */
export async function putSourceFiles(): Promise<void> {
  await putSources(SOURCE_FILES);
  await buckets.SOURCES.put("source.webp", await webpOf("source.png?fmt=webp"));
}

/** WebP by the product's own encoder: those of libraries do not run here. */
export async function webpOf(path: string): Promise<Uint8Array> {
  const reply = await ask(path, {}, site());
  if (reply.status !== 200) throw new Error(await reply.text());
  return new Uint8Array(await reply.arrayBuffer());
}
