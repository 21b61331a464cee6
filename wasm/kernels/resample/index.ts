export { accumulateRow } from "./accumulate";
export { convolveRow } from "./convolve";
export { premultiplyRow } from "./premultiply";
export { flattenRow, unpremultiplyRow } from "./settle";
