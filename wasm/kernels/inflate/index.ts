export { inflate } from "./inflate";
