/**
 * Makes the sources of the bench that are not photographs of the corpus, into bench/.cache:
 * `node bench/make-sources.ts`. The bench does it itself; what is newer than the recipes stays.
 *
 * The large ones are the 12 MP photograph over and over, mirrored, so that a pixel costs as many bits as in it: enlarging
 * it would leave bits out, and flatter every decoder.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Size } from "../src/plan/size.ts";
import { installPeers } from "./peers/load.ts";
import { loadSharp, type Sharp, type SharpMaker } from "./peers/sharp.ts";
import { photographLike } from "./photograph.ts";
import { pngOf } from "./png-source.ts";
import { CACHE, corpusPath, fileName, pathOf, SOURCES, type Source, type SourceName, sourceOf } from "./sources.ts";

const RECIPES = ["make-sources.ts", "sources.ts", "png-source.ts", "photograph.ts", "disc.ts"];
/** How near the bits a pixel of a made source must come to the photograph's. */
const NEAR = 0.03;
/** Bits a pixel of what stands in for a photograph: those of the corpus' 12 MP photograph. */
const PHOTO_BITS = 1.9;
const WEBP_QUALITY = 80;

/** Makes what is missing or out of date. Says, a sentence each, what of it stands in for something that is not there. */
export async function makeSources(): Promise<readonly string[]> {
  mkdirSync(CACHE, { recursive: true });
  const names = Object.keys(SOURCES) as SourceName[];
  const absent = names.filter((name) => sourceOf(name).photo !== undefined && corpusPath(name) === undefined);
  const missing = names.filter((name) => corpusPath(name) === undefined && !isMade(name));
  if (missing.length > 0) {
    const sharp = await loadSharp();
    // The photographs first: the others are made of them.
    missing.sort((a, b) => Number(sourceOf(a).photo === undefined) - Number(sourceOf(b).photo === undefined));
    for (const name of missing) {
      console.error(`making ${fileName(name)}`);
      replace(join(CACHE, fileName(name)), await made(name, sourceOf(name), sharp));
    }
  }
  return absent.map((name) => `The photograph of ${name} is not there: a computed picture stands in for it.`);
}

/** Newer than the recipes. */
function isMade(name: SourceName): boolean {
  const { mtimeMs = 0 } = statSync(join(CACHE, fileName(name)), { throwIfNoEntry: false }) ?? {};
  return RECIPES.every((recipe) => mtimeMs > statSync(join(import.meta.dirname, recipe)).mtimeMs);
}

async function made(name: SourceName, source: Source, sharp: SharpMaker): Promise<Uint8Array> {
  const { size, format, png } = source;
  const { width, height } = size;
  if (name === "280 MP gray") {
    const gray = sharp({ create: { width, height, channels: 3, background: "#5a5a5a" }, limitInputPixels: false });
    return gray.toColourspace("b-w").jpeg({ quality: 80 }).toBuffer();
  }
  if (source.photo !== undefined) {
    const pixels = photographLike(source.size);
    const file = (quality: number) =>
      sharp(pixels, { raw: { width, height, channels: 3 } })
        .jpeg({ quality })
        .toBuffer();
    return file(await qualityFor(PHOTO_BITS, width * height, file));
  }
  const photo = readFileSync(pathOf("12 MP"));
  const tiles = tilesOf(photo, size, sharp);
  if (png !== undefined) return pngOf(await tiles.raw().toBuffer(), size, png, sharp);
  if (format === "webp") return tiles.webp({ quality: WEBP_QUALITY }).toBuffer();
  const like = sourceOf("12 MP").size;
  const whole = (quality: number) => plain(sharp(photo), quality).toBuffer();
  const quality = await qualityFor((photo.length * 8) / (like.width * like.height), like.width * like.height, whole);
  return plain(tiles, quality, source.progressive).toBuffer();
}

/** The photograph over and over, mirrored, or its corner. */
function tilesOf(photo: Uint8Array, { width, height }: Size, sharp: SharpMaker): Sharp {
  const like = sourceOf("12 MP").size;
  const [right, bottom] = [Math.max(0, width - like.width), Math.max(0, height - like.height)];
  const part = { left: 0, top: 0, width: Math.min(width, like.width), height: Math.min(height, like.height) };
  return sharp(photo, { limitInputPixels: false }).extract(part).extend({ right, bottom, extendWith: "mirror" });
}

/** With the standard code tables, as cameras write; a progressive file has tables of its own. */
function plain(picture: Sharp, quality: number, progressive = false) {
  return picture.jpeg({ quality, progressive, optimiseCoding: false });
}

/** The quality at which a picture has nearly so many bits a pixel. */
async function qualityFor(bits: number, pixels: number, file: (quality: number) => Promise<Uint8Array>) {
  let [low, high] = [50, 99];
  while (low < high) {
    const quality = (low + high) >> 1;
    const got = ((await file(quality)).length * 8) / pixels;
    if (Math.abs(got / bits - 1) < NEAR) return quality;
    if (got < bits) low = quality + 1;
    else high = quality;
  }
  return low;
}

/** Another process may read meanwhile: under its name a file is always whole. */
function replace(path: string, bytes: Uint8Array): void {
  const unfinished = `${path}.${process.pid}.tmp`;
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, path);
}

if (import.meta.main) {
  const trouble = installPeers();
  if (trouble !== undefined) console.error(trouble);
  for (const sentence of await makeSources()) console.error(sentence);
}
