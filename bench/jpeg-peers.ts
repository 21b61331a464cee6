import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import mozjpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import { defaultOptions } from "@jsquash/jpeg/meta.js";
import { ROOT } from "../scripts/local/bundle.ts";
import { jpegEncoding } from "../src/codec/jpeg-encoder/encoder.ts";
import { Kernels } from "../src/pixels/kernels.ts";
import type { Raster } from "../src/pixels/raster.ts";
import type { Output } from "../src/plan/output.ts";

/** Makes a JPEG of this quality. */
export type JpegEncode = (raster: Raster, quality: number) => Uint8Array;

interface MozjpegCalls {
  encode(data: Uint8Array, width: number, height: number, options: typeof defaultOptions): Uint8Array | null;
}

type Start = (options: {
  readonly noInitialRun: true;
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): object;
}) => Promise<MozjpegCalls>;

/** Our own, with as much effort as there is: as a save is made that is too large for MozJPEG. */
export const SMALL: Output<"jpeg"> = {
  encoder: "jpeg",
  mime: "image/jpeg",
  alpha: false,
  dpi: undefined,
  fullChroma: false,
  gray: false,
  quality: 80,
  scans: "small",
  huffman: "optimised",
  effort: "small",
  mostBytes: undefined,
};

export function oursSmall(): JpegEncode {
  const kernels = new Kernels(wasmOf(join(ROOT, "wasm/build/kernels.wasm")));
  return ({ size, data }, quality) => {
    kernels.clear();
    const rows = jpegEncoding.make(kernels, size, { ...SMALL, quality });
    return Buffer.concat([...rows.push(data), ...rows.end()]);
  };
}

/** As the package comes, but with chroma halved both ways at every quality: it chooses otherwise by the quality. */
export async function jsquashSmall(): Promise<JpegEncode> {
  const path = createRequire(import.meta.url).resolve("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm");
  const codec = await (mozjpegEncoder as unknown as Start)({
    noInitialRun: true,
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(wasmOf(path), imports);
      done(instance);
      return instance.exports;
    },
  });
  return ({ size, data }, quality) => {
    const options = { ...defaultOptions, quality, auto_subsample: false, chroma_subsample: 2 };
    const file = codec.encode(data, size.width, size.height, options);
    if (file === null) throw new Error("MozJPEG gave nothing");
    return file;
  };
}

function wasmOf(path: string): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(path));
}
