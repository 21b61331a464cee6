import webpDecoder from "@jsquash/webp/codec/dec/webp_dec.js";
import webpEncoder from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import { defaultOptions } from "@jsquash/webp/meta.js";
import { Fault } from "../../faults.ts";
import type { Effort, Output } from "../../plan/output.ts";
import { pixelCount, type Size } from "../../plan/size.ts";
import type { DecoderMaker } from "../decoder.ts";
import type { RasterEncoder } from "../encoder.ts";
import { type Factory, reusableEmscripten } from "./emscripten.ts";
import { type DecodedPicture, type GatheringCosts, gatheringDecoder } from "./gather.ts";
import type { Shelf } from "./reusable.ts";

type Options = typeof defaultOptions;

interface EncoderCalls {
  encode(data: Uint8Array, width: number, height: number, options: Options): Uint8Array | null;
}

interface DecoderCalls {
  decode(file: Uint8Array): DecodedPicture | null;
}

/** Measured at 80 ms a megapixel; rounded up for slower machines. */
const DECODE_MS = 120;

/** The format's limit. */
const MAX_SIDE = 16_383;
const MAX_PIXELS = 16_000_000;

/**
 * From so many pixels on an opaque lossy picture is encoded in a fourth of the memory and 1.6 times the time: the files
 * are nearly the same. With alpha it would spare nothing.
 */
const LARGE = 1_000_000;
interface Way {
  readonly options: Partial<Options>;
  /** Milliseconds a megapixel, of whatever was seen to take longest. */
  readonly ms: number;
  /** Bytes of memory, measured on noise, the finished file included: what it begins with, and a pixel more. */
  readonly fresh: number;
  readonly aPixel: number;
}

const FRESH_BYTES = 16_777_216;

/**
 * How each kind of picture is encoded. `small` makes lossless photographs smaller by 2.5 % and lossy ones by 4.7 %, in twice
 * the time; not by method 6 where there is alpha, since noise in alpha takes 23 s a megapixel then.
 */
const WAYS = {
  lossless: {
    fast: { options: { lossless: 1, method: 1, quality: 20 }, ms: 360, fresh: FRESH_BYTES, aPixel: 46 },
    // Small pictures may take as much as large ones: of 0.15 megapixels of noise it holds 47 MB.
    small: { options: { lossless: 1, method: 6, quality: 50 }, ms: 850, fresh: 39_500_000, aPixel: 54 },
  },
  lossyAlpha: {
    fast: { options: { method: 4 }, ms: 700, fresh: FRESH_BYTES, aPixel: 48 },
    small: { options: { method: 5 }, ms: 700, fresh: 25_000_000, aPixel: 48 },
  },
  lossySmall: {
    fast: { options: { method: 4 }, ms: 500, fresh: FRESH_BYTES, aPixel: 38 },
    small: { options: { method: 6 }, ms: 600, fresh: FRESH_BYTES, aPixel: 38 },
  },
  lossyLarge: {
    fast: { options: { method: 4, low_memory: 1 }, ms: 450, fresh: FRESH_BYTES, aPixel: 11 },
    small: { options: { method: 6, low_memory: 1 }, ms: 650, fresh: FRESH_BYTES, aPixel: 11 },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Effort, Way>>>>;

/** Ignores the resolution, for which WebP has no tag. */
export function libwebpEncoding(module: WebAssembly.Module, shelf: Shelf): RasterEncoder<"webp"> {
  const codec = reusableEmscripten("webpEncoder", webpEncoder as unknown as Factory<EncoderCalls>, module, shelf);
  return {
    takes: "raster",
    limits: { maxSide: MAX_SIDE, maxPixels: MAX_PIXELS },
    blockingMs: (size, output) => (pixelCount(size) * wayOf(size, output).ms) / 1e6,
    memory(size, output) {
      const bytes = encodingBytes(size, output);
      return { kernels: 0, beside: bytes, uses: { codec: "webpEncoder", bytes } };
    },
    async encode({ size, data }, output) {
      const options = { ...defaultOptions, quality: output.quality, ...wayOf(size, output).options };
      const file = await codec.use(({ calls }) => calls.encode(data, size.width, size.height, options));
      if (file === null) throw new Fault("internal", "the WebP encoder gave nothing");
      return file as Uint8Array<ArrayBuffer>;
    },
  };
}

function encodingBytes(size: Size, output: Output<"webp">): number {
  const { fresh, aPixel } = wayOf(size, output);
  return fresh + pixelCount(size) * aPixel;
}

function wayOf(size: Size, { lossless, alpha, effort }: Output<"webp">): Way {
  if (lossless) return WAYS.lossless[effort];
  if (alpha) return WAYS.lossyAlpha[effort];
  return WAYS[pixelCount(size) > LARGE ? "lossyLarge" : "lossySmall"][effort];
}

export function libwebpDecoding(module: WebAssembly.Module, shelf: Shelf): DecoderMaker {
  const codec = reusableEmscripten("webpDecoder", webpDecoder as unknown as Factory<DecoderCalls>, module, shelf);
  const uses: GatheringCosts["uses"] = (pixels, fileBytes) => ({
    codec: "webpDecoder",
    bytes: decoderBytes(pixels, fileBytes),
  });
  return gatheringDecoder({ blockingMsPerMegapixel: DECODE_MS, beside, uses }, async (file, { alpha }) => {
    if (riffEnd(file) > file.length) throw new Fault("sourceBroken", "the WebP ends before its end");
    const picture = await codec.use(({ calls }) => calls.decode(file));
    if (picture === null) throw new Fault("sourceBroken", "the WebP cannot be decoded");
    if (!alpha) makeOpaque(picture.data);
    return picture;
  });
}

/** The file and the picture once here, beside what the codec has. */
function beside(pixels: number, fileBytes: number): number {
  return fileBytes + pixels * 4 + decoderBytes(pixels, fileBytes);
}

/** The file twice and the picture in two forms; its memory grows by a fifth more than it needs. */
function decoderBytes(pixels: number, fileBytes: number): number {
  return Math.max(FRESH_BYTES, Math.ceil((pixels * 8 + fileBytes * 2) * 1.2));
}

function riffEnd(file: Uint8Array): number {
  return file.length < 8 ? 8 : 8 + new DataView(file.buffer, file.byteOffset).getUint32(4, true);
}

/** A lossless picture may have alpha and say that it has none: browsers take it at its word. */
function makeOpaque(data: Uint8Array | Uint8ClampedArray): void {
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
}
