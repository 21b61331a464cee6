export { deflateBlock } from "./deflate";
