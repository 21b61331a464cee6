/** Every WebAssembly module of the Worker. Workers compile none at run time: each is a static import. */
import mozjpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";
// @ts-expect-error: the package describes what is inside the module, where Workers import the module itself
import squooshPng from "@jsquash/png/codec/pkg/squoosh_png_bg.wasm";
import kernels from "../wasm/build/kernels.wasm";

export const MODULES: Readonly<Record<"mozjpegEncoder" | "squooshPng" | "kernels", WebAssembly.Module>> = {
  mozjpegEncoder,
  squooshPng,
  kernels,
};
