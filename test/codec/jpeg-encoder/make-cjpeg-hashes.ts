/**
 * Writes cjpeg-hashes.json: `node test/codec/jpeg-encoder/make-cjpeg-hashes.ts`, where there is the cjpeg of libjpeg-turbo
 * 2.1.5 (Debian's package libjpeg-turbo-progs, 1:2.1.5-2). Tests read what it wrote; cjpeg is not needed for them.
 *
 * `-baseline` keeps quantisers below 256 at low qualities; `-dct int` is the transform that our own follows.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Raster } from "../../../src/pixels/raster.ts";
import { encoderPicture } from "../../support/encoder-pictures.ts";
import { CASES, type CjpegHashes, hashOf, nameOf, QUALITIES } from "./cjpeg-cases.ts";

const ALWAYS = ["-dct", "int", "-baseline"];
const OF_SAMPLING = { gray: ["-grayscale"], "4:2:0": ["-sample", "2x2"], "4:4:4": ["-sample", "1x1"] };
const OF_MODE = { standard: [], optimised: ["-optimize"], progressive: ["-progressive"] };

function portablePixmap({ size, data }: Raster): Buffer {
  const colours = data.filter((_, at) => at % 4 < 3);
  return Buffer.concat([Buffer.from(`P6\n${size.width} ${size.height}\n255\n`), colours]);
}

// Its version is told on the other output.
const version = spawnSync("cjpeg", ["-version"], { encoding: "utf8" }).stderr.trim();
const files = Object.fromEntries(
  CASES.map((each) => {
    const input = portablePixmap(encoderPicture(each.picture, each.size));
    const options = [...ALWAYS, ...OF_SAMPLING[each.sampling], ...OF_MODE[each.mode]];
    const encode = (quality: number) =>
      execFileSync("cjpeg", [...options, "-quality", String(quality)], { input, maxBuffer: 1e8 });
    return [nameOf(each), QUALITIES.map((quality) => hashOf(encode(quality)))];
  }),
);
const hashes: CjpegHashes = { made: `cjpeg of ${version}`, files };
writeFileSync(join(import.meta.dirname, "cjpeg-hashes.json"), `${JSON.stringify(hashes, undefined, 1)}\n`);
