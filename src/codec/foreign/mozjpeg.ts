import mozjpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import { defaultOptions } from "@jsquash/jpeg/meta.js";
import { Fault } from "../../faults.ts";
import type { EncoderMemory } from "../../plan/craft.ts";
import type { Output } from "../../plan/output.ts";
import { pixelCount, type Size } from "../../plan/size.ts";
import { tagJfifInto } from "../density.ts";
import type { RasterEncoder } from "../encoder.ts";
import { type Factory, reusableEmscripten } from "./emscripten.ts";
import type { Shelf } from "./reusable.ts";

interface EncoderCalls {
  encode(data: Uint8Array, width: number, height: number, options: typeof defaultOptions): Uint8Array | null;
}

/** The package's names of colour spaces are a constant enumeration, which is not there at run time. */
const GRAYSCALE = 1;
const YCBCR = 3;

/**
 * Milliseconds a megapixel with either effort, measured at quality 100 on noise and on fine regular patterns, with chroma at
 * half resolution and at full; photographs at quality 80 take a seventh of it or less.
 */
const ENCODE_MS = { baseline: { half: 650, full: 1200 }, progressive: { half: 1250, full: 2350 } };

/** libjpeg's limit. */
const MAX_SIDE = 65_500;
const MAX_PIXELS = 16_000_000;
/**
 * Bytes of memory, measured on noise at quality 100: what it begins with, and a pixel more, the finished file included,
 * with chroma at half resolution and at full. Photographs at quality 80 take half of it.
 */
const FRESH_BYTES = 17_000_000;
const BYTES_A_PIXEL = { baseline: { half: 17.3, full: 33 }, progressive: { half: 32, full: 59 } };

function memory(size: Size, output: Output<"mozjpeg">): EncoderMemory {
  const bytes = FRESH_BYTES + Math.ceil(pixelCount(size) * ofKind(BYTES_A_PIXEL, output));
  return { kernels: 0, beside: bytes, uses: { codec: "mozjpegEncoder", bytes } };
}

export function mozjpegEncoding(module: WebAssembly.Module, shelf: Shelf): RasterEncoder<"mozjpeg"> {
  const factory = mozjpegEncoder as unknown as Factory<EncoderCalls>;
  const codec = reusableEmscripten("mozjpegEncoder", factory, module, shelf);
  return {
    takes: "raster",
    limits: { maxSide: MAX_SIDE, maxPixels: MAX_PIXELS },
    blockingMs: (size, output) => (pixelCount(size) * ofKind(ENCODE_MS, output)) / 1e6,
    memory,
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
        // What little the package leaves off: trellis quantisation and optimised tables and scans are always on (decision 004).
        trellis_opt_zero: true,
      };
      const file = await codec.use(({ calls }) => calls.encode(data, size.width, size.height, options));
      if (file === null) throw new Fault("internal", "the JPEG encoder gave nothing");
      if (dpi !== undefined) tagJfifInto(file, dpi);
      return file as Uint8Array<ArrayBuffer>;
    },
  };
}

/** What it costs depends on both. */
function ofKind(costs: typeof ENCODE_MS, { progressive, fullChroma }: Output<"mozjpeg">): number {
  const { half, full } = progressive ? costs.progressive : costs.baseline;
  return fullChroma ? full : half;
}
