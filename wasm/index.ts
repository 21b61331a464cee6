export { accumulateRow } from "./kernels/accumulate";
export { convolveRow } from "./kernels/convolve";
export { premultiplyRow } from "./kernels/premultiply";
export { flattenRow, unpremultiplyRow } from "./kernels/settle";

/** Byte address of the first byte that no static data occupies: the arena of `pixels/` begins here. */
export function arenaStart(): usize {
  return __heap_base;
}
