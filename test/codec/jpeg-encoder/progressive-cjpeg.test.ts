import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Kernels } from "../../../src/pixels/kernels.ts";
import { encoderPicture } from "../../support/encoder-pictures.ts";
import { encodedJpeg, jpegOutput } from "../../support/jpeg-encoding.ts";
import { MODULES } from "../../support/wasm-modules.ts";
import { CASES, type CjpegHashes, hashOf, nameOf, QUALITIES } from "./cjpeg-cases.ts";

const HASHES: CjpegHashes = JSON.parse(readFileSync(join(import.meta.dirname, "cjpeg-hashes.json"), "utf8"));
const kernels = new Kernels(MODULES.kernels);

describe("a file in several scans is the one that cjpeg makes, byte for byte, in strips of 1, 5 and all rows", () => {
  const progressive = CASES.filter(({ mode }) => mode === "progressive");
  test.each(progressive.map((each) => [nameOf(each), each] as const))("%s", (name, { picture, size, sampling }) => {
    const raster = encoderPicture(picture, size);
    for (const strip of [1, 5, size.height]) {
      const got = QUALITIES.map((quality) => {
        kernels.clear();
        const chroma = { gray: sampling === "gray", fullChroma: sampling === "4:4:4" };
        return hashOf(
          encodedJpeg(raster, jpegOutput({ quality, scans: "progressive", ...chroma }), { kernels, strip }),
        );
      });
      expect(got, `strips of ${strip}`).toEqual(HASHES.files[name]);
    }
  });
});
