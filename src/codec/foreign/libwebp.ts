import webpDecoder from "@jsquash/webp/codec/dec/webp_dec.js";
import webpEncoder from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import { defaultOptions } from "@jsquash/webp/meta.js";
import { Fault } from "../../faults.ts";
import type { Output } from "../../plan/output.ts";
import { pixelCount, type Size } from "../../plan/size.ts";
import type { DecoderMaker } from "../decoder.ts";
import type { Encoder } from "../encoder.ts";
import { type Factory, reusableEmscripten } from "./emscripten.ts";
import { type DecodedPicture, gatheringDecoder } from "./gather.ts";
import type { Shelf } from "./reusable.ts";

type Options = typeof defaultOptions;

interface EncoderCalls {
  encode(data: Uint8Array, width: number, height: number, options: Options): Uint8Array | null;
}

interface DecoderCalls {
  decode(file: Uint8Array): DecodedPicture | null;
}

/** Measured at 80 ms a megapixel to decode and 115 to 230 to encode, 340 of noise; rounded up for slower machines. */
const DECODE_MS = 120;
const ENCODE_MS = 360;

/** The format's limit. */
const MAX_SIDE = 16_383;
const MAX_PIXELS = 16_000_000;

/**
 * From so many pixels on an opaque lossy picture is encoded in a fourth of the memory and 1.6 times the time: the files
 * are nearly the same. With alpha it would spare nothing.
 */
const LARGE = 1_000_000;
/** More effort makes photographs smaller by 1 % in twice the time, less makes them larger by 10 %. */
const LOSSLESS = { lossless: 1, method: 1, quality: 20 };

/** Bytes of memory, measured on noise: what it begins with, and a pixel more, the finished file included. */
const FRESH_BYTES = 16_777_216;
const BYTES_A_PIXEL = { lossless: 45, lossyAlpha: 46, lossySmall: 38, lossyLarge: 10 };

/** Ignores the resolution, for which WebP has no tag. */
export function libwebpEncoding(module: WebAssembly.Module, shelf: Shelf): Encoder<"webp"> {
  const codec = reusableEmscripten(webpEncoder as unknown as Factory<EncoderCalls>, module, shelf);
  return {
    limits: { maxSide: MAX_SIDE, maxPixels: MAX_PIXELS },
    blockingMs: (size) => (pixelCount(size) * ENCODE_MS) / 1e6,
    memory: (size, output) => FRESH_BYTES + pixelCount(size) * BYTES_A_PIXEL[kindOf(size, output)],
    async encode({ size, data }, output) {
      const kind = kindOf(size, output);
      const lossy = { quality: output.quality, low_memory: kind === "lossyLarge" ? 1 : 0 };
      const options: Options = { ...defaultOptions, ...(kind === "lossless" ? LOSSLESS : lossy) };
      const file = await codec.use(({ calls }) => calls.encode(data, size.width, size.height, options));
      if (file === null) throw new Fault("internal", "the WebP encoder gave nothing");
      return file as Uint8Array<ArrayBuffer>;
    },
  };
}

function kindOf(size: Size, { lossless, alpha }: Output<"webp">): keyof typeof BYTES_A_PIXEL {
  if (lossless) return "lossless";
  if (alpha) return "lossyAlpha";
  return pixelCount(size) > LARGE ? "lossyLarge" : "lossySmall";
}

export function libwebpDecoding(module: WebAssembly.Module, shelf: Shelf): DecoderMaker {
  const codec = reusableEmscripten(webpDecoder as unknown as Factory<DecoderCalls>, module, shelf);
  return gatheringDecoder({ blockingMsPerMegapixel: DECODE_MS, beside: decodingBytes }, async (file, { alpha }) => {
    if (riffEnd(file) > file.length) throw new Fault("sourceBroken", "the WebP ends before its end");
    const picture = await codec.use(({ calls }) => calls.decode(file));
    if (picture === null) throw new Fault("sourceBroken", "the WebP cannot be decoded");
    if (!alpha) makeOpaque(picture.data);
    return picture;
  });
}

/**
 * The file once here and twice in the codec, the picture here and, in two forms, there; its memory grows by a fifth more
 * than it needs.
 */
function decodingBytes(pixels: number, fileBytes: number): number {
  return fileBytes + pixels * 4 + Math.max(FRESH_BYTES, Math.ceil((pixels * 8 + fileBytes * 2) * 1.2));
}

function riffEnd(file: Uint8Array): number {
  return file.length < 8 ? 8 : 8 + new DataView(file.buffer, file.byteOffset).getUint32(4, true);
}

/** A lossless picture may have alpha and say that it has none: browsers take it at its word. */
function makeOpaque(data: Uint8Array | Uint8ClampedArray): void {
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
}
