import mozjpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import { defaultOptions } from "@jsquash/jpeg/meta.js";
import { Fault } from "../../faults.ts";
import { pixelCount } from "../../plan/size.ts";
import { tagJfifInto } from "../density.ts";
import type { Encoder } from "../encoder.ts";
import { type Factory, reusableEmscripten } from "./emscripten.ts";
import { SMALL_ENOUGH } from "./reusable.ts";

interface EncoderCalls {
  encode(data: Uint8Array, width: number, height: number, options: typeof defaultOptions): Uint8Array | null;
}

/** The package's names of colour spaces are a constant enumeration, which is not there at run time. */
const GRAYSCALE = 1;
const YCBCR = 3;

/** Measured at 85 ms a megapixel, and 195 of a progressive one; rounded up for slower machines. */
const ENCODE_MS = 240;

/** libjpeg's limit. */
const MAX_SIDE = 65_500;
const MAX_PIXELS = 16_000_000;
/**
 * Bytes of memory, measured on noise at quality 100: what it begins with, and a pixel more, the finished file included,
 * with chroma at half resolution and at full. Photographs at quality 80 take half of it.
 */
const FRESH_BYTES = 17_000_000;
const BYTES_A_PIXEL = { baseline: { half: 17, full: 32 }, progressive: { half: 32, full: 59 } };

export function mozjpegEncoding(module: WebAssembly.Module): Encoder<"jpeg"> {
  const factory = mozjpegEncoder as unknown as Factory<EncoderCalls>;
  const codec = reusableEmscripten(factory, module, SMALL_ENOUGH);
  return {
    limits: { maxSide: MAX_SIDE, maxPixels: MAX_PIXELS },
    blockingMsPerMegapixel: ENCODE_MS,
    memory(size, { progressive, fullChroma }) {
      const { half, full } = progressive ? BYTES_A_PIXEL.progressive : BYTES_A_PIXEL.baseline;
      return FRESH_BYTES + pixelCount(size) * (fullChroma ? full : half);
    },
    async encode({ size, data }, { quality, fullChroma, progressive, gray, dpi }) {
      const options = {
        ...defaultOptions,
        quality,
        progressive,
        // Keeps quantisers below 256: with larger ones, at low qualities, the file is no longer a baseline one.
        baseline: !progressive,
        color_space: gray ? GRAYSCALE : YCBCR,
        auto_subsample: false,
        chroma_subsample: fullChroma ? 1 : 2,
      };
      const file = await codec.use(({ calls }) => calls.encode(data, size.width, size.height, options));
      if (file === null) throw new Fault("internal", "the JPEG encoder gave nothing");
      if (dpi !== undefined) tagJfifInto(file, dpi);
      return file as Uint8Array<ArrayBuffer>;
    },
  };
}
