import type { Raster } from "../../src/pixels/raster.ts";
import { type JpegContents, readJpeg } from "./jpeg-file.ts";
import { type Plane, planesOf, type Shrink } from "./jpeg-planes.ts";
import { byte } from "./rows.ts";

export interface OracleJpeg extends JpegContents {
  /** The shrunk picture, as it lies in the file. */
  readonly raster: Raster;
}

/**
 * Decodes a whole file, slowly: bits one at a time, the inverse DCT by its definition, in float64.
 *
 * Planes are rounded to bytes before they are upsampled, as libjpeg does it. A damaged file is read as libjpeg reads it, as
 * far as data is missing or restart markers are lost; what else may be wrong with one throws an Error or is nonsense.
 */
export function oracleJpeg(file: Uint8Array, shrink: Shrink = 1): OracleJpeg {
  const contents = readJpeg(file);
  const { size } = contents.frame;
  return {
    ...contents,
    raster: {
      size: { width: Math.ceil(size.width / shrink), height: Math.ceil(size.height / shrink) },
      data: coloured(planesOf(contents, shrink), colourModel(contents)),
    },
  };
}

type Samples = readonly [first: number, second: number, third: number, fourth: number];
type ToRgb = (samples: Samples) => readonly number[];

const fromGray: ToRgb = ([y]) => [y, y, y];
const fromRgb: ToRgb = ([r, g, b]) => [r, g, b];
/** Source: JFIF 1.02, page 3. */
const fromYcc: ToRgb = ([y, cb, cr]) => [
  byte(y + 1.402 * (cr - 128)),
  byte(y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128)),
  byte(y + 1.772 * (cb - 128)),
];
/** Inks, 255 where they cover. */
const fromCmyk: ToRgb = ([c, m, y, k]) => [c, m, y].map((ink) => byte(((255 - ink) * (255 - k)) / 255));
const inverted = ([c, m, y, k]: Samples): Samples => [255 - c, 255 - m, 255 - y, 255 - k];
/** What is red, green and blue to the transform is the complement of inks; black stays out of it. */
const ycckToCmyk = (samples: Samples): Samples => {
  const [r = 0, g = 0, b = 0] = fromYcc(samples);
  return [255 - r, 255 - g, 255 - b, samples[3]];
};

/**
 * What the components are. Files with the Adobe marker keep inks inverted.
 * Source: libjpeg's jdapimin.c, default_decompress_parms.
 */
function colourModel({ frame, jfif, adobe }: JpegContents): ToRgb {
  const ids = String.fromCharCode(...frame.components.map(({ id }) => id));
  switch (frame.components.length) {
    case 1:
      return fromGray;
    case 3:
      if (jfif) return fromYcc;
      if (adobe !== undefined) return adobe === 0 ? fromRgb : fromYcc;
      return ids === "RGB" ? fromRgb : fromYcc;
    case 4:
      if (adobe === undefined) return fromCmyk;
      return adobe === 0
        ? (samples) => fromCmyk(inverted(samples))
        : (samples) => fromCmyk(inverted(ycckToCmyk(samples)));
    default:
      throw new Error(`${frame.components.length} components`);
  }
}

function coloured(planes: readonly Plane[], toRgb: ToRgb): Uint8Array<ArrayBuffer> {
  const pixels = planes[0]?.samples.length ?? 0;
  const data = new Uint8Array(pixels * 4);
  const sample = (component: number, pixel: number) => planes[component]?.samples[pixel] ?? 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    data.set(toRgb([sample(0, pixel), sample(1, pixel), sample(2, pixel), sample(3, pixel)]), pixel * 4);
    data[pixel * 4 + 3] = 255;
  }
  return data;
}
