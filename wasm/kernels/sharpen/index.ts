export { sharpenOpaqueRow } from "./opaque";
export { sharpenRow } from "./row";
