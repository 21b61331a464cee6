export { fadeRow } from "./fade";
export { fillRow } from "./fill";
