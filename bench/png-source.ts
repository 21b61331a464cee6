import { pixelCount, type Size } from "../src/plan/size.ts";
import { discAlpha } from "./disc.ts";
import type { SharpMaker } from "./peers/sharp.ts";
import { unit } from "./photograph.ts";

/** A way to write a photograph as PNG. */
export interface PngKind {
  /** Eight bits a sample, but of `RGB16`. `RGBA` is the photograph behind a disc with a soft edge. */
  readonly colours: "RGB" | "RGBA" | "palette" | "RGB16";
  /** Whether the encoder chooses a filter for each row, which is Paeth for nearly all of a photograph; else all are None. */
  readonly adaptive: boolean;
  /** By Adam7. */
  readonly interlaced?: true;
}

/** zlib's own default, and libpng's. */
const COMPRESSION = 6;
/** Of libimagequant, the least: how well a palette is chosen matters nothing here. */
const QUANTISING = 1;

/**
 * The file of a photograph, by the libpng and the zlib-ng of sharp.
 *
 * @param rgb RGB8, rows from the top
 */
export async function pngOf(rgb: Uint8Array, size: Size, kind: PngKind, sharp: SharpMaker): Promise<Uint8Array> {
  const { colours, adaptive, interlaced = false } = kind;
  const written = {
    ...{ compressionLevel: COMPRESSION, adaptiveFiltering: adaptive, progressive: interlaced },
    ...(colours === "palette" ? { palette: true, effort: QUANTISING } : {}),
  } as const;
  const samples = samplesOf(rgb, size, colours);
  const picture = sharp(samples, { raw: { ...size, channels: samples.length / pixelCount(size) } });
  return (colours === "RGB16" ? picture.toColourspace("rgb16") : picture).png(written).toBuffer();
}

function samplesOf(rgb: Uint8Array, size: Size, colours: PngKind["colours"]): Uint8Array | Uint16Array {
  if (colours === "RGBA") return withAlpha(rgb, discAlpha(size));
  return colours === "RGB16" ? deepened(rgb) : rgb;
}

function withAlpha(rgb: Uint8Array, alpha: Uint8Array): Uint8Array {
  const rgba = new Uint8Array(alpha.length * 4);
  for (const [pixel, value] of alpha.entries()) {
    rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    rgba[pixel * 4 + 3] = value;
  }
  return rgba;
}

/**
 * Sixteen bits of each sample that has eight: the lower ones are noise, as they are of a sensor. The same byte twice would be
 * nothing new to an encoder, and flatter every decoder.
 */
function deepened(rgb: Uint8Array): Uint16Array {
  return Uint16Array.from(rgb, (value, at) => {
    return Math.min(65_535, Math.max(0, Math.round((value + unit(at, 1, 9) - 0.5) * 257)));
  });
}
