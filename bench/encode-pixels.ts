import type { Raster } from "../src/pixels/raster.ts";
import { PICTURES, type PictureName } from "./encode-cases.ts";
import { sizeAt } from "./job.ts";
import type { SharpMaker } from "./peers/sharp.ts";
import { decodeFile } from "./reference.ts";
import { readSource, type SourceName, sourceOf } from "./sources.ts";
import { rasterOf } from "./step-rasters.ts";

/** What all pictures that are encoded are made of. */
const PHOTOGRAPH: SourceName = "12 MP";

/** A picture to encode: opaque. */
export interface Pixels {
  /** RGBA8. */
  readonly raster: Raster;
  /** The same for sharp, RGB8: alpha would be work for nothing. */
  readonly rgb: Uint8Array;
}

/** The photograph, scaled by sharp. */
export async function pixelsOf(name: PictureName, sharp: SharpMaker): Promise<Pixels> {
  const { size: from } = sourceOf(PHOTOGRAPH);
  const size = sizeAt(from, PICTURES[name]);
  const whole = await decodeFile(readSource(PHOTOGRAPH));
  const isWhole = size.width === from.width;
  const scaled = () =>
    sharp(whole, { raw: { ...from, channels: 3 } })
      .resize(size.width, size.height, { fit: "fill" })
      .raw()
      .toBuffer();
  const rgb = isWhole ? whole : await scaled();
  return { raster: rasterOf(size, rgb), rgb };
}
