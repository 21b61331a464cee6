import type { Raster } from "../src/pixels/raster.ts";
import { pixelCount, type Size } from "../src/plan/size.ts";
import { discAlpha } from "./disc.ts";
import { sizeAt } from "./job.ts";
import type { SharpMaker } from "./peers/sharp.ts";
import { decodeFile } from "./reference.ts";
import { readSource, sourceOf } from "./sources.ts";

/** A picture to take steps on. */
export interface Subject {
  readonly name: string;
  readonly raster: Raster;
  /** The same for sharp: an opaque one without its alpha, which would be work for nothing. */
  readonly picture: { readonly pixels: Uint8Array; readonly channels: 3 | 4 };
}

const PHOTOGRAPH = "12 MP";
/** Wide enough for 2 MP. */
const REPLY_WIDTH = 1632;

/** The photograph as it is, and at the size of a usual reply; that one also as a disc with a soft edge. */
export async function stepSubjects(sharp: SharpMaker): Promise<readonly Subject[]> {
  const { size } = sourceOf(PHOTOGRAPH);
  const rgb = await decodeFile(readSource(PHOTOGRAPH));
  const small = sizeAt(size, REPLY_WIDTH);
  const smallRgb = await sharp(rgb, { raw: { ...size, channels: 3 } })
    .resize(small.width, small.height, { fit: "fill" })
    .raw()
    .toBuffer();
  const disc = rasterOf(small, smallRgb, discAlpha(small));
  return [
    { name: PHOTOGRAPH, raster: rasterOf(size, rgb), picture: { pixels: rgb, channels: 3 } },
    { name: "2 MP", raster: rasterOf(small, smallRgb), picture: { pixels: smallRgb, channels: 3 } },
    { name: "2 MP with alpha", raster: disc, picture: { pixels: disc.data, channels: 4 } },
  ];
}

/**
 * RGBA8 of RGB8.
 *
 * @param alpha opaque where absent
 */
export function rasterOf(size: Size, rgb: Uint8Array, alpha?: Uint8Array): Raster {
  const data = new Uint8Array(pixelCount(size) * 4);
  for (let pixel = 0; pixel < pixelCount(size); pixel++) {
    data.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    data[pixel * 4 + 3] = alpha?.[pixel] ?? 255;
  }
  return { size, data };
}
