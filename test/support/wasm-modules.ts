import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** By reflection: as the types of Workers have it, nobody can construct one, and the golden pictures are checked by them. */
function wasmModule(path: string): WebAssembly.Module {
  return Reflect.construct(WebAssembly.Module, [readFileSync(join(ROOT, path))]);
}

/** The modules that src/modules.ts imports in the Worker, compiled for Node. */
export const MODULES = {
  kernels: wasmModule("wasm/build/kernels.wasm"),
  mozjpegEncoder: wasmModule("node_modules/@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm"),
  oxipng: wasmModule("node_modules/@jsquash/oxipng/codec/pkg/squoosh_oxipng_bg.wasm"),
  squooshPng: wasmModule("node_modules/@jsquash/png/codec/pkg/squoosh_png_bg.wasm"),
  webpDecoder: wasmModule("node_modules/@jsquash/webp/codec/dec/webp_dec.wasm"),
  webpEncoder: wasmModule("node_modules/@jsquash/webp/codec/enc/webp_enc_simd.wasm"),
} as const;
