/** Every WebAssembly module of the Worker. Workers compile none at run time: each is a static import. */
import mozjpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";
// @ts-expect-error: the package describes what is inside the module, where Workers import the module itself
import oxipng from "@jsquash/oxipng/codec/pkg/squoosh_oxipng_bg.wasm";
// @ts-expect-error: as above
import squooshPng from "@jsquash/png/codec/pkg/squoosh_png_bg.wasm";
import webpDecoder from "@jsquash/webp/codec/dec/webp_dec.wasm";
import webpEncoder from "@jsquash/webp/codec/enc/webp_enc_simd.wasm";
import kernels from "../wasm/build/kernels.wasm";

export const MODULES = { mozjpegEncoder, oxipng, squooshPng, webpDecoder, webpEncoder, kernels } satisfies Readonly<
  Record<string, WebAssembly.Module>
>;
