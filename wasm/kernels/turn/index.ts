export { turnTile } from "./tile";
