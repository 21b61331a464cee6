import type { SourceFacts } from "../plan/facts.ts";
import type { DecoderMaker } from "./decoder.ts";
import type { Encoders } from "./encoder.ts";
import { libwebpDecoding, libwebpEncoding } from "./foreign/libwebp.ts";
import { mozjpegEncoding } from "./foreign/mozjpeg.ts";
import { squooshPngEncoding } from "./foreign/png-encoding.ts";
import { Shelf } from "./foreign/reusable.ts";
import { jpegDecoding } from "./jpeg/decoder.ts";
import { jpegEncoding } from "./jpeg-encoder/encoder.ts";
import { pngDecoding } from "./png/decoder.ts";
import { pngEncoding } from "./png-encoder/encoder.ts";
import { png8Encoding } from "./png-encoder/png8.ts";

/** One decoder a source format, one encoder an output format. */
export interface Codecs {
  readonly decoders: Readonly<Record<SourceFacts["format"], DecoderMaker>>;
  readonly encoders: Encoders;
}

export interface CodecModules {
  readonly mozjpegEncoder: WebAssembly.Module;
  readonly oxipng: WebAssembly.Module;
  readonly squooshPng: WebAssembly.Module;
  readonly webpDecoder: WebAssembly.Module;
  readonly webpEncoder: WebAssembly.Module;
}

/** @param shelf where instances of third-party codecs lie while nobody uses them */
export function codecsOf(
  { mozjpegEncoder, oxipng, squooshPng, webpDecoder, webpEncoder }: CodecModules,
  shelf = new Shelf(),
): Codecs {
  return {
    decoders: {
      jpeg: jpegDecoding,
      png: pngDecoding,
      webp: libwebpDecoding(webpDecoder, shelf),
    },
    encoders: {
      jpeg: jpegEncoding,
      mozjpeg: mozjpegEncoding(mozjpegEncoder, shelf),
      png: pngEncoding,
      png8: png8Encoding,
      squooshPng: squooshPngEncoding({ squooshPng, oxipng }, shelf),
      webp: libwebpEncoding(webpEncoder, shelf),
    },
  };
}
