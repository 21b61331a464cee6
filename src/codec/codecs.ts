import type { SourceFacts } from "../plan/facts.ts";
import type { DecoderMaker } from "./decoder.ts";
import type { Encoders } from "./encoder.ts";
import { mozjpegDecoding, mozjpegEncoding } from "./foreign/mozjpeg.ts";
import { squooshPngDecoding, squooshPngEncoding } from "./foreign/squoosh-png.ts";

/** One decoder a source format, one encoder an output format. */
export interface Codecs {
  readonly decoders: Readonly<Record<SourceFacts["format"], DecoderMaker>>;
  readonly encoders: Encoders;
}

export interface CodecModules {
  readonly mozjpegDecoder: WebAssembly.Module;
  readonly mozjpegEncoder: WebAssembly.Module;
  readonly squooshPng: WebAssembly.Module;
}

export function codecsOf({ mozjpegDecoder, mozjpegEncoder, squooshPng }: CodecModules): Codecs {
  return {
    decoders: { jpeg: mozjpegDecoding(mozjpegDecoder), png: squooshPngDecoding(squooshPng) },
    encoders: { jpeg: mozjpegEncoding(mozjpegEncoder), png: squooshPngEncoding(squooshPng) },
  };
}
