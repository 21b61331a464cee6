export * from "./kernels/checksum/index";
export * from "./kernels/deflate/index";
export * from "./kernels/inflate/index";
export * from "./kernels/jpeg/samples";
export * from "./kernels/jpeg/scans";
export * from "./kernels/jpeg-encode/index";
export * from "./kernels/png/index";
export * from "./kernels/png-encode/index";
export * from "./kernels/resample/index";
export * from "./kernels/sharpen/index";
export * from "./kernels/steps/index";
export * from "./kernels/tone/index";
export * from "./kernels/turn/index";

/** Byte address of the first byte that no static data occupies: the arena of `pixels/` begins here. */
export function arenaStart(): usize {
  return __heap_base;
}
