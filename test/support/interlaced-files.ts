import sharp from "sharp";
import type { Raster } from "../../src/pixels/raster.ts";

/** By libpng, with filters in turn: a picture as it is, and interlaced. */
export async function bothWays({ size, data }: Raster): Promise<readonly [plain: Uint8Array, interlaced: Uint8Array]> {
  const picture = sharp(data, { raw: { ...size, channels: 4 } });
  const options = { adaptiveFiltering: true, compressionLevel: 4 };
  const fileOf = async (progressive: boolean) =>
    Uint8Array.from(
      await picture
        .clone()
        .png({ ...options, progressive })
        .toBuffer(),
    );
  return [await fileOf(false), await fileOf(true)];
}
