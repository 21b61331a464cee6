import type { SourceFacts } from "../plan/facts.ts";
import type { DecoderMaker } from "./decoder.ts";
import type { Encoders } from "./encoder.ts";
import { libwebpDecoding, libwebpEncoding } from "./foreign/libwebp.ts";
import { mozjpegEncoding } from "./foreign/mozjpeg.ts";
import { SHELF_BYTES, Shelf } from "./foreign/reusable.ts";
import { squooshPngDecoding, squooshPngEncoding } from "./foreign/squoosh-png.ts";
import { jpegDecoding } from "./jpeg/decoder.ts";

/** One decoder a source format, one encoder an output format. */
export interface Codecs {
  readonly decoders: Readonly<Record<SourceFacts["format"], DecoderMaker>>;
  readonly encoders: Encoders;
}

export interface CodecModules {
  readonly mozjpegEncoder: WebAssembly.Module;
  readonly squooshPng: WebAssembly.Module;
  readonly webpDecoder: WebAssembly.Module;
  readonly webpEncoder: WebAssembly.Module;
}

export function codecsOf({ mozjpegEncoder, squooshPng, webpDecoder, webpEncoder }: CodecModules): Codecs {
  const shelf = new Shelf(SHELF_BYTES);
  return {
    decoders: {
      jpeg: jpegDecoding,
      png: squooshPngDecoding(squooshPng, shelf),
      webp: libwebpDecoding(webpDecoder, shelf),
    },
    encoders: {
      jpeg: mozjpegEncoding(mozjpegEncoder, shelf),
      png: squooshPngEncoding(squooshPng, shelf),
      webp: libwebpEncoding(webpEncoder, shelf),
    },
  };
}
