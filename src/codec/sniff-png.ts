import { turned } from "../plan/orientation.ts";
import { readPngHeader } from "./png/preamble.ts";
import type { Sniffing } from "./sniffing.ts";

/**
 * Reads the chunks before the image data.
 *
 * Honours the orientation of eXIf, as browsers and libvips do: other programs show the picture upright. A resolution of
 * pHYs is the picture's own, one of Exif that of the camera's file.
 */
export function* sniffPng(): Sniffing {
  const { header, alpha, exif, resolution = exif.resolution } = yield* readPngHeader();
  const { orientation = 1 } = exif;
  const { size, colourType, depth, interlaced } = header;
  return {
    format: "png",
    size: turned(size, orientation),
    orientation,
    alpha,
    png: { colourType, depth, interlaced },
    ...(resolution === undefined ? {} : { resolution }),
  };
}
