export { decodeAcRow } from "./progressive-ac";
export { decodeDcRow, refineDcRow } from "./progressive-dc";
export { refineAcRow } from "./progressive-refine";
export { decodeSequentialRow } from "./sequential";
export { decodeBlocksRow } from "./sequential-blocks";
export { transformRow } from "./transform";
