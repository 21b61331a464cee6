export { weighAcross } from "./across";
export { blendRow } from "./blend";
export { boxRows } from "./box";
export { narrowCells, widenCells } from "./cells";
export { weighDown, weighDownOpaque } from "./down";
export { encodeRow } from "./encode";
export { blendLightRow } from "./light";
export { areOpaque } from "./opaque";
export { flattenRow, unpremultiplyRow } from "./settle";
