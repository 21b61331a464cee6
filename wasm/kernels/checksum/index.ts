export { adler32 } from "./adler";
export { crc32 } from "./crc";
