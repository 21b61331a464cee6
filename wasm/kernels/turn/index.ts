export { premultiplyRow } from "./premultiply";
export { turnTile } from "./tile";
